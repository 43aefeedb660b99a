"""Writes position-embedding.json: what torch's interpolate makes of position embeddings, called as timm calls it
(layers/pos_embed.py, vision_transformer_sam.get_rel_pos). Run with PyTorch >= 1.13."""
import json
import os

import numpy as np
import torch
import torch.nn.functional as F


def embed(key, *shape):
    """The `embed` fill of the model goldens: 0.5 v."""
    h = 2166136261
    for byte in key.encode():
        h = (h ^ byte) * 16777619 & 0xFFFFFFFF
    u = np.arange(np.prod(shape), dtype=np.uint64) * 2654435761 + h & 0xFFFFFFFF
    u ^= u >> 16
    u = u * 0x85EBCA6B & 0xFFFFFFFF
    u ^= u >> 13
    u = u * 0xC2B2AE35 & 0xFFFFFFFF
    u ^= u >> 16
    return torch.tensor((0.5 * (u / 2.0 ** 32 - 0.5)).astype(np.float32).reshape(shape))


def bicubic(nhwc, grid):
    return F.interpolate(nhwc.permute(0, 3, 1, 2), size=grid, mode="bicubic", antialias=True).permute(0, 2, 3, 1)


def tokens(old, new, prefix, width=3):
    stored = embed("pos_embed", 1, prefix + old[0] * old[1], width)
    grid = bicubic(stored[:, prefix:].reshape(1, *old, width), new).reshape(1, -1, width)
    out = torch.cat([stored[:, :prefix], grid], 1)
    return dict(old=old, new=new, prefix=prefix, width=width, values=out.flatten().tolist())


def table(rows, new, width=3):
    stored = embed("rel_pos_h", rows, width)
    out = F.interpolate(stored.reshape(1, rows, width).permute(0, 2, 1), size=new, mode="linear")
    return dict(rows=rows, new=new, width=width, values=out.reshape(width, new).permute(1, 0).flatten().tolist())


data = dict(
    torch=torch.__version__,
    tokens=[tokens([4, 4], [7, 7], 1), tokens([7, 7], [3, 3], 1), tokens([5, 5], [2, 6], 1), tokens([3, 5], [6, 4], 5), tokens([6, 6], [4, 4], 0)],
    tables=[table(9, 5), table(9, 13), table(27, 7)],
)
with open(os.path.join(os.path.dirname(__file__), "position-embedding.json"), "w") as f:
    json.dump(data, f)
