"""An embedding server in small: `POST /embeddings` as OpenAI's, with vectors that depend on the words alone.

Each word falls into one of the numbers of the vector; words of a line of MEANINGS fall together, so that two texts can
be alike without sharing a word. The same text always has the same vector.
"""

import hashlib
import math
import re

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

SIZE = 384
MEANINGS = ("canine dog hound pooch", "lorry truck van vehicle", "pram buggy pushchair stroller")
_SAME = {word: line for line in MEANINGS for word in line.split()}
_WORD = re.compile(r"[^\W_]{3,}")


def vector_of(text: str) -> list[float]:
    numbers = [0.0] * SIZE
    for word in _WORD.findall(text.lower()):
        stem = _SAME.get(word.rstrip("s"), word)
        numbers[int.from_bytes(hashlib.sha256(stem.encode()).digest()[:4], "big") % SIZE] += 1.0
    length = math.sqrt(sum(each * each for each in numbers)) or 1.0
    return [each / length for each in numbers]


async def embeddings(request: Request) -> JSONResponse:
    body = await request.json()
    texts = [body["input"]] if isinstance(body.get("input"), str) else body.get("input")
    if not texts or not all(isinstance(each, str) for each in texts):
        return JSONResponse({"error": {"message": "'input' is a text or a list of texts"}}, status_code=400)
    data = [{"object": "embedding", "index": place, "embedding": vector_of(each)} for place, each in enumerate(texts)]
    return JSONResponse({"object": "list", "model": body.get("model", ""), "data": data})


routes = [Route("/embeddings", embeddings, methods=["POST"])]
