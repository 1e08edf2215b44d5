"""Words made comparable, and which of a question's words say what it is about."""

import re
import unicodedata

LANGUAGES = ("en", "de", "es", "fr", "pt")
LONGEST_QUESTION = 500  # characters that are looked at
MOST_WORDS = 12
WEAK = 0.3  # how much a word counts that every business of these kinds uses

_WORD = re.compile(r"[^\W_]+")
_TOGETHER = ((re.compile(r"\bwi[- ]fi\b"), "wifi"), (re.compile(r"\be[- ]mails?\b"), "email"))
_PLACEHOLDER = re.compile(r"\[[A-Z_]+_\d+\]")

_STOP = {
    "en": """a an the and or but if of to in on at by for from with without about into over is are am was were be
    been being do does did done have has had having can could may might must shall should will would i you he she it
    we they me him her us them my your his its our their mine yours this that these those there here what which who
    whom whose when where why how much many long any some no not yes ok okay please thanks thank hello hi hey good
    morning afternoon evening dear sorry just also too very really so as than then now still already again ever get
    got give go going come coming know tell say ask let want need like wish offer offers provide take takes accept
    allow allowed possible able anything something anyone somebody someone anywhere somewhere thing things one ones
    u ur im ive dont doesnt cant isnt whats t s d ll re ve m way use make made happen happens leave near nearby
    after before because since until up down out off all each every both own same guys stuff bring sell work works
    working find have""",
    "de": """der die das den dem des ein eine einen einem einer eines und oder aber wenn ob von zu zum zur in im ins
    an am auf bei beim mit ohne uber fur aus nach vor bis durch um ist sind bin bist war waren sein seid wird werden
    wurde wurden haben hat habe hatte hatten habt kann konnen konnte konnten konnt darf durfen muss mussen musste
    soll sollen sollte will wollen mochte mochten ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihnen
    ihnen mein meine meinen meinem meiner dein deine ihre ihren ihrem unser unsere dies diese dieser dieses diesen
    jemand etwas was welche welcher welches welchen wer wen wem wann wo warum wie viel viele lange kein keine keinen
    nicht nein ja bitte danke hallo guten tag morgen abend moin gruss auch noch schon nur sehr mal denn doch da hier
    dort so als dann gibt geben geht gehen gehe komme kommen machen macht mache nehmen nehmt nimmt bieten bietet
    anbieten bekomme bekommen wissen weiss sagen fragen brauche brauchen hatte wurde moglich man alle alles jede
    jeder nahe mitbringen bringen verkaufen arbeiten finde finden fahrt stellen vorher nachher""",
    "es": """el la los las un una unos unas y o u pero si de del a al en por para con sin sobre es son soy eres era
    fue ser estar esta estan estoy este estos estas esto ese esa esos esas eso aquel he ha han haber hay tengo tiene
    tienen tener puede puedo pueden poder podria debo debe deben quiero quiere quieren querria necesito necesita yo
    tu usted ustedes ella nosotros me te se le les lo nos mi mis su sus nuestro que cual cuales quien cuando donde
    cuanto cuanta cuantos cuantas como porque algo alguien no ni ya muy mas tan tambien hola buenos buenas dias
    tardes noches gracias favor por hacer hace hacen hago ir voy va van dar dan da decir saber sabe aceptan acepta
    admiten ofrecen ofrece llevar llevo llevan traer posible todo toda todos todas otro otra aqui alli cerca desde
    hasta entre antes despues trabajan venden vende dura tratan atienden""",
    "fr": """le la les un une des du de d l et ou mais si a au aux en dans par pour avec sans sur est es suis sont
    etes etre ete etait c ce cet cette ces ca cela ai as avez avons ont avoir il elle ils elles on je j tu vous nous
    me m te se s moi toi lui leur leurs y qu que qui quoi quel quelle quels quelles quand ou comment combien
    pourquoi mon ma mes ton ta tes son sa ses notre nos votre vos quelque chose quelqu ne n pas non oui plus tres
    aussi bien bonjour bonsoir salut merci svp plait peux peut pouvez pouvons peuvent pourrais dois doit devez faut
    veux veut voulez voudrais faites fait faire font prenez prendre prend acceptez accepte proposez propose aller
    vais va vont venir viens vient passe savoir sais dire est-ce possible tout toute tous toutes autre ici la chez t
    avant apres depuis jusque entre vendez travaillez trouver acceptez""",
    "pt": """o a os as um uma uns umas e ou mas se de do da dos das em no na nos nas por pelo pela para pra com sem
    sobre ao aos sao ser estar esta estao estou foi era ha tenho tem temos ter posso pode podem podia poder devo
    deve devem quero quer querem queria preciso precisa eu tu voce voces ele ela eles elas nos me te lhe lhes meu
    minha meus minhas seu sua seus suas nosso nossa vosso vossa isto isso este esta estes estas esse essa aquele que
    qual quais quem quando onde quanto quanta quantos quantas como porque algo alguem nao nem ja muito mais tambem
    ola bom boa dia tarde noite obrigado obrigada favor fazer faz fazem faco ir vou vai vao dar dao saber sabe dizer
    aceitam aceita levar trazer possivel tudo todo toda todos todas outro outra aqui ali la perto desde ate entre
    antes depois trabalham vendem vende enviam oferecem""",
}
_WEAK = """appointment appointments booking visit visits practice clinic surgery salon dentist doctor patient patients
client clients treatment session reception team staff today tomorrow day days time times hour hours week
termin termine praxis zahnarzt arzt arztin patient patienten kunde kunden behandlung sitzung team heute tag tage zeit
uhr stunde stunden woche
cita citas clinica consulta dentista medico doctor paciente pacientes cliente tratamiento sesion hoy dia hora horas
rendez vous rdv cabinet salon dentiste medecin docteur patient patients client seance soin aujourd hui jour heure heures
semaine
marcacao consulta clinica dentista medico medica paciente pacientes cliente tratamento sessao hoje dia hora horas semana
normal new first"""

STOP = {code: frozenset(words.split()) for code, words in _STOP.items()}
_EVERY_STOP = frozenset().union(*STOP.values())
_WEAK_WORDS = frozenset(_WEAK.split())


def folded(text: str) -> str:
    """Casefolded words without accents and punctuation, one space between them, of any script."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    bare = bare.replace("'", " ").replace("’", " ")
    for pattern, word in _TOGETHER:
        bare = pattern.sub(word, bare)
    return " ".join(_WORD.findall(bare))


def telling_words(question: str, language: str = "") -> list[str]:
    """What a question is about; `language`: of the question, "" when it is not known."""
    return content_words(question[:LONGEST_QUESTION], language)[:MOST_WORDS]


def content_words(text: str, language: str = "") -> list[str]:
    """A text's folded words, each once, without those that any text holds."""
    stop = STOP.get(language, _EVERY_STOP)
    seen = dict.fromkeys(folded(without_placeholders(text)).split())
    return [word for word in seen if word not in stop and len(word) > 1]


def weight_of(word: str) -> float:
    return WEAK if word in _WEAK_WORDS else 1.0


def without_placeholders(text: str) -> str:
    return _PLACEHOLDER.sub("…", text)
