"""Makes the .pth files here with a real PyTorch. Run in this folder: python3 make_fixtures.py

Every value is i * 0.5 - 1 in row-major order of the stored tensor, so that a test can say what it expects.
"""
import argparse
from collections import OrderedDict

import torch


def ramp(*shape, dtype=torch.float32):
    n = 1
    for size in shape:
        n *= size
    return (torch.arange(n, dtype=torch.float64) * 0.5 - 1).reshape(shape).to(dtype)


def ints(*shape, dtype):
    return ramp(*shape, dtype=torch.float64).mul(2).add(2).to(dtype)


FLOATS = [torch.float16, torch.bfloat16, torch.float32, torch.float64]
INTS = [torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64]


def plain():
    tensors = OrderedDict((f"float.{d}".replace("torch.", ""), ramp(2, 3, dtype=d)) for d in FLOATS)
    tensors.update((f"int.{d}".replace("torch.", ""), ints(3, dtype=d)) for d in INTS)
    tensors["bool"] = torch.tensor([True, False, True])
    tensors["scalar"] = torch.tensor(7)
    tensors["empty"] = torch.zeros(0, 4)
    return tensors


def views():
    base = ramp(4, 6)
    return OrderedDict(
        base=base, transposed=base.t(), block=base[1:3, 2:5], column=base[:, 5], every_second=base[::2, 1::2],
        expanded=torch.tensor([3.5]).expand(2, 3), permuted=ramp(2, 3, 4).permute(2, 0, 1))


def module():
    return torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.Flatten(), torch.nn.Linear(8, 2))


def save(name, value):
    torch.save(value, name + ".zip.pth")
    torch.save(value, name + ".legacy.pth", _use_new_zipfile_serialization=False)


torch.manual_seed(0)
save("plain", plain())
save("views", views())
save("parameters", OrderedDict(weight=torch.nn.Parameter(ramp(2, 2)), frozen=torch.nn.Parameter(ramp(3), requires_grad=False)))
save("module", module().state_dict())
save("nested", {"epoch": 3, "lr": 0.125, "note": "ü", "shape": torch.Size([1, 2]), "state_dict": {"model": {"a.weight": ramp(2), "steps": 5}}})
torch.save(plain(), "protocol4.zip.pth", pickle_protocol=4)
torch.save({"args": argparse.Namespace(lr=1), "state_dict": {"a": ramp(2)}}, "namespace.zip.pth")
torch.save({"a": ramp(2), "h": torch.nn.Linear(1, 1)}, "whole_module.legacy.pth", _use_new_zipfile_serialization=False)
