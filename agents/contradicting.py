"""Whether somebody says that the answer they just got is wrong. Conservative: what is noticed is a candidate only."""

import re

_AT_THE_START = re.compile(
    r"^\W*(?:"
    # English
    r"(?:no\W+)?(?:that|this|it)(?:['’]s| is| was) (?:all )?"
    r"(?:wrong|incorrect|not (?:right|correct|true|what i (?:said|asked)))\b"
    r"|no\W+i (?:said|asked for|meant|told you|wanted)\b"
    # German
    r"|(?:nein\W+)?(?:das |es )?(?:stimmt (?:so )?nicht|ist (?:falsch|nicht (?:richtig|korrekt|wahr)))\b"
    r"|nein\W+ich (?:sagte|meinte|wollte|habe (?:doch )?gesagt)\b"
    # Spanish
    r"|(?:no\W+)?(?:eso|esto) (?:no es (?:cierto|correcto|verdad|así)|está mal|es incorrecto)\b"
    r"|no\W+(?:yo )?(?:dije|he dicho|te dije|le dije|quería decir)\b"
    # French
    r"|(?:non\W+)?(?:c['’]est (?:faux|incorrect|inexact)|ce n['’]est pas (?:vrai|correct|exact|juste|ça))\b"
    r"|non\W+(?:j['’]ai (?:dit|demandé)|je voulais dire)\b"
    # Portuguese
    r"|(?:não\W+)?(?:isso|isto) (?:está errado|não está (?:certo|correto)|não é verdade)\b"
    r"|não\W+(?:eu )?(?:disse|pedi|quis dizer)\b"
    r")",
    re.IGNORECASE,
)


def contradicts(text: str) -> bool:
    return _AT_THE_START.match(text.strip()[:200]) is not None
