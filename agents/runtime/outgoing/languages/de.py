"""German."""

from agents.runtime.outgoing.wording import Wording

WORDING = Wording(
    code="de",
    function_words=(
        "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar juni juli oktober dezember "
        "november "
        "immer aber sehr gibt auch morgen tag heute bis diese dieser durch sich mehr etwas noch mein jetzt also "
        "mit vom beim ihm hier wir "
        "der die das ist sind und zu mit haben hat am um bei ich sie wir ihr ihre ihren ihrem uns nicht ein "
        "eine einen fur auf von im den dem es ihnen noch bitte gerne oder wenn uhr kann wird werden habe "
        "alles dann schon zum zur"
    ),
    noun=(
        r"(?:termin\w*|buchung\w*|reservierung\w*|platz|platze|besuch\w*|sitzung\w*|behandlung\w*|zeiten|uhrzeit"
        r"|stunde|verabredung)"
    ),
    claims={
        "booked": (
            r"\w*(?<!aus)(?<!uber)gebucht\w*|vereinbart\w*|eingetragen|eingeplant|eingebucht|festgemacht|festgehalten"
            r"|festgelegt|angelegt|angemeldet|fixiert|bestatigt\w*|eingeschrieben|untergebracht|gesichert"
            r"|ausgemacht|angesetzt|terminiert|\w*(?:termin|buchungs)bestatigung|buchung (?:war |ist "
            r"|hat )?(?:erfolgreich|abgeschlossen|geklappt)|{noun} (?:steht|gehort ihnen)(?: jetzt| nun| fest| somit"
            r"| damit)*|(?:sie|du) (?:sind|stehen|stehst|bist) (?:im kalender|auf dem plan|drin|dabei|fest)"
            r"|haben (?:jetzt |nun |bereits |schon |also )*einen termin(?= (?:bei|am|um)|[.!,]|$)"
            r"|ist (?:fur sie )?fix|wir sehen uns dann|bis dann"
        ),
        "reserved": r"vorgemerkt|reserviert\w*|freigehalten|halte (?:\w+ ){0,4}(?:frei|fest)|geblockt|zuruckgelegt",
        "moved": (
            r"verlegt|verschoben|umgebucht|vorverlegt|umgelegt|vorgezogen|getauscht|umgestellt|neu angesetzt"
            r"|verlegung (?:ist |war )?(?:erfolgreich|abgeschlossen|bestatigt)|umgetragen|auf einen anderen tag gelegt"
        ),
        "cancelled": (
            r"existiert nicht mehr|aus (?:dem|unserem) (?:kalender|plan|system) (?:entfernt|genommen"
            r"|gestrichen|geloscht)|abgesagt|storniert|gestrichen|geloscht|aufgehoben|annulliert|gecancelt"
            r"|ausgetragen|abgemeldet"
            r"|findet (?:\w+ ){0,3}nicht (?:mehr )?statt|hinfallig|besteht nicht mehr|fallt (?:\w+ ){0,3}aus"
            r"|freigegeben|\w*(?:absage|stornierung) (?:ist |wurde |war )?(?:bestatigt|erledigt|erfolgreich"
            r"|durchgefuhrt|abgeschlossen|vermerkt|eingegangen|erfolgt)|haben (?:jetzt |nun )?keinen termin mehr"
        ),
        "undone": (
            r"ruckgangig gemacht|zuruckgenommen|wiederhergestellt|wieder (?:eingetragen|gebucht|aktiv|gultig)"
            r"|(?:besteht|steht|gilt) (?:jetzt |nun )?wieder|wieder zuruckgesetzt|zuruckgesetzt"
        ),
        "done": (
            r"abgemacht|erledigt|alles (?:fertig|erledigt|eingerichtet|geregelt|in die wege geleitet)"
            r"|hat geklappt|(?:^"
            r"|[.!,\s])fertig(?=\s*(?:[!.:,–-]|$))|ist durch|abgeschlossen|geschafft|ist (?:alles )?geregelt"
            r"|unter dach und fach"
        ),
        "waiting": (
            r"auf (?:die|der|unsere|unserer) warteliste (?:gesetzt|eingetragen|aufgenommen)|stehen (?:jetzt "
            r"|nun )?auf (?:der|unserer) warteliste"
        ),
    },
    claims_with_moment={
        "stands": (
            r"(?:wir )?sehen uns|erwarten (?:sie|dich|euch)|freuen uns(?: (?:schon |sehr |darauf )*)(?:auf|sie|dich)"
            r"|^\s*(?:dann )?bis(?= )|dann bis|also bis|(?:ihr|dein|der|ihre|deine"
            r"|nachster) (?:[\w-]+ ){0,3}{noun}(?: [„\x22“”»«\w.' -]{1,50})? (?:ist|sind|steht|stehen|bleibt|bleiben"
            r"|findet|finden|beginnt|beginnen|lautet|liegt|fallt)|(?:ihr|ihre|dein"
            r"|deine) [„\x22“”\w.' -]{1,50}? (?:ist|steht|bleibt|findet|beginnt)(?! (?:frei|moglich|verfugbar))"
            r"|haben sie (?:\w+ ){0,3}(?:einen|ihren|zwei|drei|den) (?:[\w-]+ ){0,2}\w*termine?"
            r"|sie haben (?:\w+ ){0,4}(?:einen|ihren|zwei|drei|den|am|um) (?:[\w.,-]+ ){0,8}\w*termine?|sie (?:sind"
            r"|kommen) (?:\w+ ){0,3}(?:am|um|bei)|bleibt es (?:bei|beim)|bleibt bestehen"
            r"|ich habe sie (?:\w+ ){0,2}(?:am|um|fur|auf|bei|zu)|wir haben sie (?:\w+ ){0,2}(?:am|um|fur|auf|bei|zu)"
            r"|sind sie (?:am|um|bei)"
        ),
        "moved": r"ist (?:jetzt|nun|neu) (?:am|um|auf)|neue[rn]? termin ist|statt (?:am|um)",
    },
    claims_about_it={
        "moved": r"geandert|angepasst|aktualisiert|abgeandert",
        "cancelled": r"entfernt|raus|weg|herausgenommen|rausgenommen",
        "booked": (
            r"notiert|vermerkt|hinterlegt|gespeichert|aufgenommen|erfasst|hinzugefugt|ubernommen|organisiert|gemacht"
            r"|gelegt|registriert|arrangiert"
        ),
    },
    appointment=r"ihn|\w+termin\w*",
    idioms=(
        r"(?:komplett |vollstandig |leider |bereits |schon )*(?:ausgebucht|voll belegt|belegt|uberbucht)|kein problem"
        r"|keine (?:sorge|ursache|umstande|muhe)|(?:diese|die|jene) (?:zeit|uhrzeit) (?:ist"
        r"|wurde) (?:\w+ ){0,4}(?:vergeben|gebucht|belegt|reserviert)(?! fur sie)|(?:der|dieser) (?:\w+ )?(?:platz"
        r"|termin) (?:ist|wurde) (?:leider|bereits|schon|inzwischen|gerade) (?:\w+ ){0,3}(?:vergeben|gebucht|belegt"
        r"|weg)(?! fur sie)|nicht nur|von (?:jemand|einem) ander\w+ (?:\w+ )?gebucht|wie (?:gewunscht|sie sehen"
        r"|besprochen|vereinbart)|warum nicht|(?:der|den|ihr) (?:von ihnen )?gebuchte[nr]?(?= termin)"
        r"|nichts weiter[\w ]{0,20}|vergessen sie nicht|machen sie sich keine sorgen|gebuchte\w*|so bald wie moglich"
        r"|sobald wie moglich"
    ),
    lead_ins=(
        r"(?:ich|wir) (?:kann|konnen) (?:ihnen )?(?:hiermit |gerne |nun )?(?:bestatigen|mitteilen|sagen)|(?:ich"
        r"|wir) freue?n?(?: mich| uns)?,? (?:ihnen )?(?:mitteilen|bestatigen|sagen) zu (?:konnen|durfen)"
        r"|mochte(?:n)? (?:ihnen |nur |kurz )*(?:bestatigen|mitteilen)|(?:mitteilen|bestatigen) zu (?:konnen|durfen)"
    ),
    denials=(
        r"nicht|kein\w*|nie|niemals|nichts|niemand|weder|kann|konnen|konnte\w*|konnt|wyrd\w*|soll\w*|muss\w*|mochte\w*"
        r"|will|wollen|wollte\w*|darf|durfen|wird|werden|werde|hytt\w*|lasst|lassen|ware\w*|ohne|statt dass|etwas|fast"
        r"|gebeten|wunsch\w*"
    ),
    conditions=r"wenn|falls|sobald|bevor|bis sie|ob|sofern|solange|erst (?:wenn|nach)|nachdem sie",
    provisos=(
        r"werden (?:kann|soll|muss|konnen|sollen|mussen)?|(?:haben|werden) (?:mochten|wollen|sollen)|wird|wenn|sobald"
        r"|falls|erst|(?:kann|soll|konnen)|werden"
    ),
    offers=(
        r"frei(?:e[rsnm]?)?|verfugbar\w*|anbieten|angebot\w*|biete\w*|moglich\w*|konnte\w*|kann|konnen|wyrd\w*|ware\w*"
        r"|passt\w*|passen\w*|vorschlag\w*|schlage|wahlen|lieber|oder|nachste\w*|fruheste\w*|alternativ\w*|zeiten"
        r"|zur auswahl|auswahl|sagen sie|schreiben sie|geben sie|gibt es|hatten wir|hytt\w*|soll\w*|wenn|falls"
        r"|mochte\w*|gerne|antworten sie|geht|ginge|haben wir|wir haben|habe ich (?:noch )?(?:folgende|diese|einen"
        r"|zwei|etwas)|offen|lucke|stattdessen|buchen|eintragen|verlegen|wird|werde|noch"
    ),
    wishes=(
        r"sie (?:haben|hatten|wollten|mochten|fragten|sagten|schrieben|nannten|baten|meinen|meinten|wunschen|wunschten"
        r"|suchen)|(?:haben|hatten|wollten|mochten|meinen|wunschen|suchen) sie|ihr(?:e|en|em)? (?:wunsch\w*|anfrage"
        r"|nachricht|frage)|gefragt|gewunscht|genannt|erwahnt|schaue|sehe|prufe|suche|verstanden|nachsehen|nachschauen"
        r"|prufen|schauen|suchen|das team|dem team|weiter(?:gegeben|geleitet|geben|leiten)?|moment|notiert"
    ),
    asks=(
        r"name\w*|buchen|eintragen|reservieren|bestatigen|verlegen|verschieben|andern|absagen|stornieren|passt\w*"
        r"|passen|recht|richtig|ok|okay|stimmt|so|lieber|welche\w*|einverstanden|nehmen|gut|behalten|in ordnung|machen"
        r"|festhalten|vormerken|geht|gehen|klingt|zusagen|soll ich|mochten sie (?:ihn|diesen|den|einen|das)|fix"
    ),
    joins=r"und|aber|sondern|weil|da|denn|wobei|doch|jedoch|also|damit|dann|oder",
    costs=(
        r"kostet|kosten|(?:preis|gebuhr|betrag|kosten) (?:ist|sind|betragt|betragen|liegt bei|von)|berechnen|betragt"
        r"|zahlen(?: sie)?|fur nur"
    ),
    free=r"kostenlos\w*|kostenfrei|gratis|kostet (?:sie )?nichts|umsonst|ohne kosten",
    is_a=r"(?:,? (?:das|der) )? ?(?:ist|war|fallt auf)(?: ein| einen)? ",
    with_whom=r"bei|mit|zu",
    where=(
        r"(?:unsere|die|neue) (?:\w+ )?(?:adresse|anschrift|praxis) (?:ist|lautet|liegt|befindet sich)(?: in der| in"
        r"| am| an der)?|(?:sie )?finden (?:sie )?uns(?: hier)?:?(?: in der| in| am| an der| im)?|wir (?:sind"
        r"|befinden uns|sitzen|liegen)(?: hier)?(?: in der| in| am| an der)|adresse:|kommen sie (?:bitte )?(?:in die"
        r"|zur|zum|ins)"
    ),
    numbers={
        "null": 0,
        "ein": 1,
        "zwei": 2,
        "drei": 3,
        "vier": 4,
        "funf": 5,
        "sechs": 6,
        "sieben": 7,
        "acht": 8,
        "neun": 9,
        "zehn": 10,
        "elf": 11,
        "zwolf": 12,
        "dreizehn": 13,
        "vierzehn": 14,
        "funfzehn": 15,
        "sechzehn": 16,
        "siebzehn": 17,
        "achtzehn": 18,
        "neunzehn": 19,
        "eins": 1,
        "eine": 1,
        "einen": 1,
        "zwanzig": 20,
        "dreisig": 30,
        "vierzig": 40,
        "funfzig": 50,
        "sechzig": 60,
        "siebzig": 70,
        "achtzig": 80,
        "neunzig": 90,
        "hundert": 100,
        "tausend": 1000,
    },
)
