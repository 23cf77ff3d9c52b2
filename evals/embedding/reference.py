"""Vectors of sentence-transformers for the texts on stdin: {"folder", "texts"} in, {"vectors", "milliseconds"} out (JSON).

The folder needs the weights as PyTorch has them (model.safetensors or pytorch_model.bin).
"""
import json
import sys
import time

from sentence_transformers import SentenceTransformer

given = json.load(sys.stdin)
model = SentenceTransformer(given["folder"], device="cpu")
start = time.perf_counter()
vectors = model.encode(given["texts"], normalize_embeddings=True, batch_size=8, show_progress_bar=False)
milliseconds = (time.perf_counter() - start) * 1000
json.dump({"vectors": [[float(x) for x in row] for row in vectors], "milliseconds": milliseconds}, sys.stdout)
