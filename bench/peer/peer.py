"""The work of `medbench bench` in plain PyTorch, so that both can be timed on one machine.

`medbench bench --peer` runs it by itself. By hand:
    python3 peer.py '{"threads": 2, "seconds": 3, "device": "cpu", "work": [{"name": "forward", "subject": "resnet18.a1_in1k", "size": 224, "batch": 8}]}'
Needs torch, numpy, Pillow (Debian: python3-torch, libopenblas0-pthread, python3-numpy, python3-pil). Where timm is installed, its networks are
timed; without it a ResNet-18, ViT-S and ViT-B and DINOv2's, written out here with the same layers.
Prints one JSON object: {"torch": ..., "timm": its version or null, "seconds": [seconds of each work, or null if unknown]}.
"""
import json
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

try:
    import timm
except ImportError:
    timm = None


class Residual(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.down = None
        if stride != 1 or inputs != width:
            self.down = nn.Sequential(nn.Conv2d(inputs, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)), inplace=True)))
        return F.relu(y + (x if self.down is None else self.down(x)), inplace=True)


class ResNet18(nn.Module):
    """He et al. 2015, ImageNet form."""

    def __init__(self, classes):
        super().__init__()
        widths = [64, 64, 128, 256, 512]
        self.stem = nn.Sequential(nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1))
        self.stages = nn.Sequential(*[
            block for stage in range(4) for block in (
                Residual(widths[stage], widths[stage + 1], 1 if stage == 0 else 2),
                Residual(widths[stage + 1], widths[stage + 1], 1))])
        self.fc = nn.Linear(512, classes)

    def features(self, x):
        return self.stages(self.stem(x)).mean((2, 3))

    def forward(self, x):
        return self.fc(self.features(x))


class TransformerBlock(nn.Module):
    def __init__(self, width, heads, scaled):
        super().__init__()
        self.heads = heads
        # DINOv2's LayerScale.
        self.scale1, self.scale2 = (nn.Parameter(torch.full((width,), 1e-5)) for _ in range(2)) if scaled else (None, None)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-6), nn.LayerNorm(width, 1e-6)
        self.qkv, self.proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        n, tokens, width = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(n, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        if hasattr(F, "scaled_dot_product_attention"):
            y = F.scaled_dot_product_attention(q, k, v)
        else:
            y = (q * q.shape[-1] ** -0.5 @ k.transpose(-2, -1)).softmax(-1) @ v
        y = self.proj(y.transpose(1, 2).reshape(n, tokens, width))
        x = x + (y if self.scale1 is None else y * self.scale1)
        y = self.fc2(F.gelu(self.fc1(self.norm2(x))))
        return x + (y if self.scale2 is None else y * self.scale2)


class ViT(nn.Module):
    """Dosovitskiy et al. 2020, patches of 16 px; DINOv2 (Oquab et al. 2023) has patches of 14 and scaled layers."""

    def __init__(self, width, heads, size, classes, patch):
        super().__init__()
        self.patch = nn.Conv2d(3, width, patch, patch)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.zeros(1, (size // patch) ** 2 + 1, width))
        self.blocks = nn.Sequential(*[TransformerBlock(width, heads, scaled=patch == 14) for _ in range(12)])
        self.norm = nn.LayerNorm(width, 1e-6)
        self.fc = nn.Linear(width, classes)

    def features(self, x):
        x = self.patch(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1) + self.positions
        return self.norm(self.blocks(x))[:, 0]

    def forward(self, x):
        return self.fc(self.features(x))


def is_transformer(subject):
    return subject.startswith(("vit_", "eva02_", "samvit_"))


def model_of(subject, size, classes=9):
    if timm is not None:
        try:
            return timm.create_model(subject, pretrained=False, num_classes=classes, **({"img_size": size} if is_transformer(subject) else {}))
        except RuntimeError:
            pass  # No model or no tag of timm's.
    if subject.startswith("resnet18.") and not subject.startswith("resnet18.cifar"):
        return ResNet18(classes)
    for name, width, heads in ("vit_small_patch", 384, 6), ("vit_base_patch", 768, 12):
        for patch, rest in (16, "16_"), (14, "14_dinov2."):
            if subject.startswith(name + rest):
                return ViT(width, heads, size, classes, patch)
    return None


def classifier_of(model):
    return model.get_classifier() if hasattr(model, "get_classifier") else model.fc


def forms(model, images, subject):
    """A CNN in both memory layouts: the faster one counts."""
    yield model, images
    if not is_transformer(subject):
        yield model.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)


def median(seconds, device, work):
    def timed():
        start = time.perf_counter()
        work()
        if device == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter() - start

    timed()
    laps, end = [], time.perf_counter() + seconds
    while len(laps) < 3 or time.perf_counter() < end:
        laps.append(timed())
    return sorted(laps)[len(laps) // 2]


def gemm(work, seconds, device):
    a, b = torch.rand(1024, 1024, device=device), torch.rand(1024, 1024, device=device)
    return median(seconds, device, lambda: a @ b)


def forward(work, seconds, device):
    model = model_of(work["subject"], work["size"])
    if model is None:
        return None
    images = torch.rand(work["batch"], 3, work["size"], work["size"], device=device)
    with torch.no_grad():
        return min(median(seconds, device, lambda m=m, x=x: m(x)) for m, x in forms(model.to(device).eval(), images, work["subject"]))


def step(work, seconds, device):
    model = model_of(work["subject"], work["size"])
    if model is None:
        return None
    images = torch.rand(work["batch"], 3, work["size"], work["size"], device=device)
    labels = torch.zeros(work["batch"], dtype=torch.long, device=device)

    def one(m, x, optimizer):
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(m(x), labels).backward()
        optimizer.step()

    return min(median(seconds, device, lambda m=m, x=x, o=torch.optim.AdamW(m.parameters(), 1e-4): one(m, x, o)) for m, x in forms(model.to(device).train(), images, work["subject"]))


def probe_step(work, seconds, device):
    """A step of the released linear probe: the whole model in training mode, the classifier alone trained."""
    model = model_of(work["subject"], work["size"])
    if model is None:
        return None
    for parameter in model.parameters():
        parameter.requires_grad = False
    for parameter in classifier_of(model).parameters():
        parameter.requires_grad = True
    images = torch.rand(work["batch"], 3, work["size"], work["size"], device=device)
    labels = torch.zeros(work["batch"], dtype=torch.long, device=device)
    optimizer = torch.optim.AdamW(classifier_of(model).parameters(), 1e-3)

    def one(m, x):
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(m(x), labels).backward()
        optimizer.step()

    return min(median(seconds, device, lambda m=m, x=x: one(m, x)) for m, x in forms(model.to(device).train(), images, work["subject"]))


def optimizer(work, seconds, device):
    model = model_of(work["subject"], work["size"])
    if model is None:
        return None
    model.to(device)
    for parameter in model.parameters():
        parameter.grad = torch.full_like(parameter, 1e-3)
    return min(median(seconds, device, torch.optim.AdamW(model.parameters(), 1e-4, foreach=foreach).step) for foreach in (False, True))


def pipeline(work, seconds, device):
    """Bytes to a normalised batch by Pillow and numpy, one process: what a DataLoader worker does."""
    try:
        from PIL import Image
    except ImportError:
        return None
    source, target, batch = work["source"], work["size"], work["batch"]
    images = np.random.RandomState(0).randint(0, 256, (batch, source, source, 3), dtype=np.uint8)
    mean, std = (torch.tensor([0.485, 0.456, 0.406]).reshape(3, 1, 1), torch.tensor([0.229, 0.224, 0.225]).reshape(3, 1, 1))

    def one(image):
        picture = Image.fromarray(image)
        if source != target:
            picture = picture.resize((target, target), Image.BILINEAR)
        # torchvision's ToTensor and Normalize
        x = torch.from_numpy(np.array(picture)).permute(2, 0, 1).contiguous().to(torch.float32).div(255)
        return x.sub_(mean).div_(std)

    return median(seconds, device, lambda: torch.stack([one(image) for image in images]).to(device))


def probe(work, seconds, device):
    """A linear probe on features that are there already: every iteration, with evaluations of 1/10 of the images."""
    count, width, classes, iterations, batch = work["images"], work["width"], work["classes"], work["iterations"], work["batch"]
    torch.manual_seed(0)
    features, labels = torch.randn(count, width, device=device), torch.randint(classes, (count,), device=device)
    held = torch.randn(count // 10, width, device=device)
    head = nn.Linear(width, classes).to(device)
    adam = torch.optim.AdamW(head.parameters(), 1e-3)
    schedule = torch.optim.lr_scheduler.ExponentialLR(adam, 0.9)
    start, done = time.perf_counter(), 0
    per_epoch = count // batch
    epochs = max(1, iterations // per_epoch)
    for epoch in range(epochs):
        order = torch.randperm(count)
        for i in range(per_epoch):
            rows = order[i * batch:(i + 1) * batch].to(device)
            adam.zero_grad(set_to_none=True)
            F.cross_entropy(head(features[rows]), labels[rows]).backward()
            adam.step()
            done += 1
            if done % 200 == 0:
                schedule.step()
        if epoch % max(1, epochs // 10) == 0 or epoch == epochs - 1:
            with torch.no_grad():
                head(held).softmax(1).cpu()
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() - start


WORK = {"gemm": gemm, "forward": forward, "step": step, "probe-step": probe_step, "optimizer": optimizer, "pipeline": pipeline, "probe": probe}


def main():
    request = json.loads(sys.argv[1])
    torch.set_num_threads(request["threads"])
    seconds = [WORK[work["name"]](work, request["seconds"], request["device"]) if work["name"] in WORK else None for work in request["work"]]
    print(json.dumps({"torch": torch.__version__, "timm": timm and timm.__version__, "seconds": seconds}))


if __name__ == "__main__":
    main()
