namespace MedBench.Data.Datasets;

/// <summary>Counts what is in a dataset.</summary>
public static class DatasetInspector
{
    /// <summary>Images per label and split, in the card's label order. An image of a multi-label dataset counts once for each of its findings, or not at all.</summary>
    public static IReadOnlyList<LabelCount> CountLabels(ImageDataset dataset)
    {
        int[] train = Count(dataset, Split.Train), validation = Count(dataset, Split.Validation), test = Count(dataset, Split.Test);
        return [.. dataset.Card.Labels.Select((label, i) => new LabelCount(label, new SplitCounts(train[i], validation[i], test[i])))];
    }

    private static int[] Count(ImageDataset dataset, Split which)
    {
        var split = dataset[which];
        var counts = new int[dataset.Card.Labels.Count];
        for (int i = 0; i < split.Count; i++)
        {
            var label = split.Label(i);
            if (split.LabelWidth == 1)
                counts[label[0]]++;
            else
                for (int finding = 0; finding < label.Length; finding++)
                    counts[finding] += label[finding];
        }
        return counts;
    }
}
