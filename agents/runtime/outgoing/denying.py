"""What was done, told as not done: "you're not on the waiting list yet", of somebody who has joined it."""

import re

from agents.runtime.outgoing.facts import Ground
from agents.runtime.outgoing.sentences import Sentence

_LIST = r"wait(?:ing)?[ -]?list|warteliste|lista de espera|liste d'attente"
_NOT = r"not|n't|couldn't|haven't|nicht|kein\w*|todavia no|aun no|no|pas|n'\w+|nao|ainda nao"
_DENIES = re.compile(
    rf"(?<!\w)(?:you(?:'re| are)|i|we|sie|du|ich|dich|te|le|la|lo|estas?|vous|voce|si|aun|todavia|ainda)?[^,;:.!?]*"
    rf"(?:(?<!\w)(?:{_NOT})|n't)(?!\w)[^,;:.!?]*(?:{_LIST})"
)
_OTHERWISE = re.compile(
    r"(?<!\w)(?:long|how|wie lange|sagen|promise|garant\w+|versprech\w+|know|weis|se cuanto|sais|sei|other|another|need"
    r"|brauch\w*|cost\w*|kost\w*|short|lang|moved?|ahead|guarantee|tell|say)(?!\w)"
)


def denies_the_list(sentence: Sentence, ground: Ground) -> bool:
    if "join_waitlist" not in ground.tools_done or sentence.question:
        return False
    return bool(_DENIES.search(sentence.folded)) and not _OTHERWISE.search(sentence.folded)
