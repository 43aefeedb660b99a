# syntax=docker/dockerfile:1
# medbench on a CPU: docker build -t medbench .
# x64 only, as libtorch for Linux is: on Apple Silicon it runs emulated.
# SDK 10.0.401 and runtime 10.0.12. The digests are copied from public repositories that record them, not asked of the registry:
# docs/ci.md. `docker buildx imagetools inspect mcr.microsoft.com/dotnet/sdk:10.0-noble` prints the newest.
FROM --platform=linux/amd64 mcr.microsoft.com/dotnet/sdk:10.0-noble@sha256:35d40304542c8689331f8cab17c65926cdf48fe711e289321d71924b230a7d29 AS build
WORKDIR /src
# Packages first: a change of the code does not fetch libtorch again.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props CITATION.cff ./
COPY eng/ eng/
COPY src/MedBench.Core/MedBench.Core.csproj src/MedBench.Core/
COPY src/MedBench.Data/MedBench.Data.csproj src/MedBench.Data/
COPY src/MedBench.Models/MedBench.Models.csproj src/MedBench.Models/
COPY src/MedBench.Training/MedBench.Training.csproj src/MedBench.Training/
COPY src/MedBench.Runs/MedBench.Runs.csproj src/MedBench.Runs/
COPY src/MedBench.Claims/MedBench.Claims.csproj src/MedBench.Claims/
COPY src/MedBench.Reporting/MedBench.Reporting.csproj src/MedBench.Reporting/
COPY src/MedBench.Cli/MedBench.Cli.csproj src/MedBench.Cli/
RUN dotnet restore src/MedBench.Cli -r linux-x64
COPY src/ src/
COPY expected-results/ expected-results/
COPY experiments/ experiments/
COPY audits/ audits/
COPY deploy/ deploy/
COPY bench/peer/ bench/peer/
RUN dotnet publish src/MedBench.Cli -c Release -r linux-x64 --self-contained false --no-restore -o /app

FROM --platform=linux/amd64 mcr.microsoft.com/dotnet/runtime:10.0-noble@sha256:b89586dc17781f25531909993658aa8161205ae38b8cec8847df4a8221a403d5
COPY --from=build /app /opt/medbench
COPY eng/fill-caches.sh /opt/medbench/
COPY experiments/ /work/experiments/
COPY expected-results/ /work/expected-results/
# The image's own user (uid 1654): datasets, caches and results are volumes that it may write.
RUN mkdir -p /data /cache /weights /work/results && chown -R "$APP_UID" /data /cache /weights /work
ENV MEDMNIST_ROOT=/data MEDBENCH_CACHE=/cache HF_HUB_CACHE=/weights PATH=/opt/medbench:$PATH
VOLUME ["/data", "/cache", "/weights", "/work/results"]
WORKDIR /work
USER $APP_UID
ENTRYPOINT ["medbench"]
CMD ["doctor"]
