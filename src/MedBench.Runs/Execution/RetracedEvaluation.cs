using MedBench.Runs.Store;
using MedBench.Training.Engine;

namespace MedBench.Runs.Execution;

/// <summary>One evaluation of a kept run, and the same of the run begun again.</summary>
/// <param name="Then">As kept.</param>
/// <param name="Now">As found.</param>
public sealed record RetracedEvaluation(Evaluation Then, EpochRecord Now)
{
    /// <summary>Whether epoch, loss, ACC and AUC are the same to the bit.</summary>
    public bool IsSame => (Then.Epoch, Then.Loss, Then.Acc, Then.Auc) == (Now.Epoch + 1, Now.ValidationLoss, Now.ValidationAccuracy, Now.ValidationAuc);
}
