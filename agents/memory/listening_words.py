"""What patients say of themselves, in five languages: patterns for lower-case text without accents.

Each says something that holds in general. A wish for one appointment ("tomorrow morning, please") is none of it.
"""

import re

MORNING, AFTERNOON, EVENING = "mornings", "afternoons", "evenings"

HABIT = re.compile(
    r"\b(?:i (?:always |usually |generally |much )?prefer|i(?:'d| would) (?:always|generally) (?:prefer|rather)"
    r"|i (?:can|could) only (?:ever )?(?:do|come|make)|(?:best|better|easiest|good) for me (?:is|are)"
    r"|i (?:always|usually)"
    r"|ich (?:bevorzuge|kann (?:immer )?nur|habe (?:immer )?nur|komme (?:immer )?(?:lieber|am liebsten)|mag lieber)"
    r"|am liebsten|mir (?:passt|passen) (?:es )?(?:immer )?(?:am besten|besser)|(?:bei mir )?geht es immer nur"
    r"|je prefere|j'aime mieux|je (?:ne )?peux (?:toujours |seulement |venir )?(?:que|uniquement|seulement)"
    r"|(?:ca |cela )?m'arrange (?:toujours|mieux)"
    r"|(?:siempre |yo )?prefiero|me (?:viene|vienen|va|van) (?:siempre )?mejor|solo puedo|siempre puedo"
    r"|(?:eu |sempre )?prefiro|so posso|da-me (?:sempre )?mais jeito|me (?:convem|fica) (?:sempre )?melhor)\b"
)
TIMES_OF_DAY = (
    (MORNING, re.compile(
        r"\b(?:mornings|in the mornings?|morning (?:appointments|slots|times)|vormittags|morgens|am vormittag"
        r"|le matin|les matins|en matinee|(?:por )?las mananas|por la manana|(?:de|pela|as) manhas?)\b")),
    (AFTERNOON, re.compile(
        r"\b(?:afternoons|in the afternoons?|afternoon (?:appointments|slots|times)|nachmittags|am nachmittag"
        r"|l'apres-midi|les apres-midis?|(?:por )?las tardes|por la tarde|[aà]s? tardes?|(?:de|pela) tarde)\b")),
    (EVENING, re.compile(
        r"\b(?:evenings|in the evenings?|evening (?:appointments|slots|times)|after work|abends|am abend"
        r"|nach der arbeit|feierabend|le soir|les soirs|apres le travail|(?:por )?las noches|por la noche"
        r"|despues del trabajo|a noite|(?:de|pela) noite|depois do trabalho)\b")),
)  # fmt: skip
ONCE = re.compile(
    r"\d|\b(?:today|tonight|tomorrow|this|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day|heute|morgen(?! frueh)(?!s)"
    r"|ubermorgen|diese[nrms]?|nachste[nrms]?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|aujourd'hui|demain|ce(?:tte)?|prochaine?|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|hoy|est[ae]|proxim[oa]|(?<!por la )(?<!las )manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
    r"|hoje|amanha|(?:segunda|terca|quarta|quinta|sexta)(?:-feira)?)\b"
)
NOT = re.compile(
    r"\b(?:not|n't|never|no|cannot|can't|don't|isn't|nicht|nie|kein[e]?[nrms]?|pas|jamais|nunca|nao|jamas|tampoco)\b"
)
FAVOURITE = re.compile(
    r"\b(?:i (?:always |usually |generally )?prefer (?:to see|seeing|to go to)?|i (?:always|usually"
    r"|normally) (?:see|go to|come to)"
    r"|my (?:usual |regular |own )?(?:dentist|doctor|physio|therapist|hairdresser|stylist|hygienist) is"
    r"|ich (?:gehe|komme|war|bin) (?:immer|sonst|normalerweise) (?:zu|bei)|ich bevorzuge|am liebsten (?:zu|bei|mit)"
    r"|je (?:vais|viens|suis) (?:toujours|d'habitude) (?:chez|voir|avec)|je prefere (?:voir|aller chez|etre avec)?"
    r"|siempre (?:voy|vengo) con|siempre me (?:atiende|ve)|prefiero (?:a|ir con|con)?"
    r"|(?:vou|venho) sempre (?:a|ao|com)|sempre com|prefiro (?:a|o|ir a|ser vist[oa] p(?:or|el[oa]))?)"
    r"\s*(?:the |la |le |el |a |o |dem |der |den )?$"
)
WHEELCHAIR = re.compile(
    r"\b(?:i(?:'m| am) in a wheelchair|i (?:use|have|need|come in|come with) (?:a |my )?wheelchair"
    r"|i(?:'m| am) a wheelchair user|ich (?:sitze|bin) im rollstuhl|ich (?:habe|nutze|benutze"
    r"|brauche) (?:einen )?rollstuhl"
    r"|ich bin rollstuhlfahrer(?:in)?|je suis en fauteuil(?: roulant)?|j'(?:utilise|ai) un fauteuil roulant"
    r"|(?:voy|estoy|ando) en silla de ruedas|(?:uso|utilizo|tengo) (?:una )?silla de ruedas"
    r"|(?:ando|estou) (?:de|em|numa) cadeira de rodas|(?:uso|utilizo|tenho) (?:uma )?cadeira de rodas)\b"
)
NEEDLES = re.compile(
    r"\b(?:(?:afraid|scared|terrified|frightened|phobic) (?:\w+ ){0,3}?(?:of|by) (?:the )?(?:needles|injections)"
    r"|needle phobi[ac]|i hate (?:needles|injections)|angst vor (?:den )?(?:spritzen|nadeln)"
    r"|spritzenangst|spritzenphobie"
    r"|peur des (?:aiguilles|piqures|seringues)|(?:miedo|panico|fobia) (?:a|de) (?:las )?(?:agujas|inyecciones)"
    r"|(?:medo|panico|fobia) (?:de|das|a) (?:agulhas|injecoes))\b"
)
# Relations in English, by the words for them after "my"; the name follows as a placeholder.
RELATIONS = {
    "son": r"my son|mein(?:en|em|es)? sohn(?:es)?|mon fils|mi hijo|(?:o )?meu filho",
    "daughter": r"my daughter|meine[rn]? tochter|ma fille|mi hija|(?:a )?minha filha",
    "child": r"my (?:child|kid|baby)|mein(?:em|es)? (?:kind|baby)|mon (?:enfant|bebe)|mi (?:bebe|nino|nina)"
    r"|(?:o )?meu bebe",
    "wife": r"my wife|meine[rn]? frau|ma femme|mi (?:mujer|esposa)|(?:a )?minha (?:mulher|esposa)",
    "husband": r"my husband|mein(?:en|em)? mann|mon mari|mi (?:marido|esposo)|(?:o )?meu marido",
    "mother": r"my (?:mother|mum|mom)|meine[rn]? (?:mutter|mama)|ma mere|mi (?:madre|mama)|(?:a )?minha mae",
    "father": r"my (?:father|dad)|mein(?:en|em)? (?:vater|papa)|mon pere|mi (?:padre|papa)|(?:o )?meu pai",
}
HERS = frozenset({"daughter", "wife", "mother"})
HIS = frozenset({"son", "husband", "father"})
CALLED = (
    r"(?: is)?(?: called| named| name is|'s name is|,? ihr name ist|,? sein name ist| heisst| heist"
    r"| s'appelle| se llama"
    r"| chama-se|,)?\s*\(?"
)
FAMILY = tuple(
    (relation, re.compile(rf"\b(?:{words}){CALLED}\s*(\[name_\d+\])")) for relation, words in RELATIONS.items()
)
