"""Somebody who has had enough of the assistant gets a person, without having to ask for one.

Only plain words about the assistant or the talk with it: anger at a toothache is none of them.
"""

import re
import unicodedata
from collections.abc import Iterable

_SAID = (
    # English
    (
        r"you(?:'re| are) (?:so |completely |totally )?(?:useless|stupid|an idiot|hopeless|not listening"
        r"|not helping|no help)"
    ),
    r"this (?:bot|assistant|chat|thing|system) is (?:\w+ )?(?:useless|stupid|rubbish|terrible|a joke|hopeless)",
    r"(?:useless|stupid|bloody|damn) (?:bot|robot|machine|chatbot)",
    r"this is (?:a waste of (?:my )?time|getting me nowhere|driving me mad)",
    r"(?:waste|wasting) (?:of )?my time",
    r"(?:fed up|sick|tired) (?:with|of) (?:this (?:bot|chat|conversation)|you|repeating myself|talking to)",
    (
        r"i(?:'ve| have)? (?:already )?(?:told|said|asked)(?: you| this| that)*(?: \w+)? (?:three|four"
        r"|five|ten|several|many|so many|a hundred|\d+) times"
    ),
    r"for the (?:third|fourth|fifth|last|hundredth|umpteenth) time",
    r"how many times do i have to",
    # German
    r"(?:sie|du) (?:sind|bist) (?:doch )?(?:vollig |total )?(?:nutzlos|unfahig|dumm|keine hilfe)",
    r"(?:blod|dumm|scheis|saublod)e?r? (?:bot|roboter|maschine|automat|computer)",
    (
        r"das bringt (?:doch )?(?:alles )?nichts|das ist (?:doch )?(?:zeitverschwendung"
        r"|eine frechheit|unertraglich)"
    ),
    r"(?:zum|das) (?:dritten|vierten|funften|letzten|hundertsten) mal (?:sage|schreibe|gesagt|frage|geschrieben)",
    r"zum (?:dritten|vierten|hundertsten) mal",
    r"(?:schon|jetzt) (?:drei|vier|funf|hundert|x|mehr)\s?mal (?:gesagt|geschrieben|gefragt)",
    r"mir reicht es(?: jetzt)?(?= mit (?:ihnen|dem bot)|[.!]|$)",
    r"(?:sie|du) (?:verstehen|verstehst|horen|horst) (?:mich|mir) (?:einfach |uberhaupt )*nicht",
    # Spanish
    r"(?:eres|es usted|son) (?:un |una |unos )?(?:inutil\w*|estupid\w*|desastre)",
    r"(?:bot|robot|maquina|chat) (?:de mierda|inutil|estupid\w*)",
    r"esto es (?:una verguenza|una tomadura de pelo|una perdida de tiempo|inaceptable)",
    r"(?:me estas|me esta) haciendo perder el tiempo",
    r"(?:ya )?(?:te|le|se) lo he dicho (?:tres|cuatro|cinco|mil|varias|muchas|\d+) veces",
    r"por (?:tercera|cuarta|enesima|ultima) vez",
    r"(?:estoy hart\w|hart\w) de (?:este|ti|usted|repetir|hablar con)",
    # French
    (
        r"(?:vous etes|tu es|c'est) (?:vraiment |completement )?(?:nul|inutile|stupide|incompetent\w*"
        r"|n'importe quoi)(?= |[.!]|$)(?! de)"
    ),
    r"(?:robot|bot|machine) (?:stupide|inutile|debile|de merde)",
    r"(?:vous me faites|je) perd(?:re|s) mon temps",
    r"pour la (?:troisieme|quatrieme|cinquieme|enieme|derniere|centieme) fois",
    r"(?:ca fait|je (?:vous )?l'ai dit) (?:trois|quatre|cinq|dix|cent|plusieurs|\d+) fois",
    r"(?:j'en ai|marre|ras le bol) (?:assez |marre )?(?:de ce|de cette|de vous|de repeter|de parler a)",
    # Portuguese
    (
        r"(?:voce|isto|isso|este bot) (?:e|\u00e9) (?:mesmo |totalmente )?(?:inutil|estupid\w"
        r"|uma vergonha|uma perda de tempo)"
    ),
    r"(?:bot|robo|maquina) (?:inutil|estupid\w|burr\w|de merda)",
    r"(?:esta|estou) a? ?(?:me )?(?:fazer(?:-me)? )?perde(?:r|ndo) (?:o )?(?:meu )?tempo",
    r"ja (?:lhe |te )?disse (?:tres|quatro|cinco|mil|varias|muitas|\d+) vezes",
    r"pela (?:terceira|quarta|quinta|enesima|ultima|milesima) vez",
    r"(?:estou|tou) (?:fart\w|cansad\w) (?:deste|desta|disto|de repetir|de falar com)",
)
_PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(_SAID)})(?!\w)")


def frustrated(texts: Iterable[str]) -> bool:
    return any(_PATTERN.search(_plain(text[:2000])) for text in texts)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())
