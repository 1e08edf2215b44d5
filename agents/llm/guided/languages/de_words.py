"""German words by what they mean. Patterns see the text without accents ("fur" is "für"), dates and times blanked."""

ORDINALS = {
    **dict.fromkeys(("erste", "ersten", "erster", "erstes", "fruheste", "fruhesten", "eins", "eine"), 1),
    **dict.fromkeys(("zweite", "zweiten", "zweiter", "zweites", "zwei"), 2),
    **dict.fromkeys(("dritte", "dritten", "dritter", "drittes", "drei"), 3),
    **dict.fromkeys(("vierte", "vierten", "vierter", "viertes", "vier"), 4),
    **dict.fromkeys(("funfte", "funften", "funfter", "funftes", "funf"), 5),
    **dict.fromkeys(("sechste", "sechsten", "sechster", "sechstes", "sechs"), 6),
    **dict.fromkeys(("letzte", "letzten", "letzter", "letztes", "spateste", "spatesten", "so spat wie moglich"), -1),
}

FUNCTION_WORDS = """
ich du sie er wir ihr mir mich uns ihnen mein meine meinen meiner meinem der die das den dem des ein eine einen einer
einem und oder aber nicht kein keine keinen fur fuer mit bei zum zur von vom auf aus nach um im am ist sind bin war
habe hab haben hatte hatten hat kann konnen konnte konnten koennte konnte mochte mochten moechte wurde wurden wuerde
bitte danke hallo guten tag morgen abend moin servus gruss ja nein nee jo doch gerne gern termin termine uhr heute
morgen ubermorgen wann wie was wo wer welche noch schon auch dann lieber wenn geht passt brauche brauch brauchte will
muss leider genau alles klar mal denn sehr freitag nachste nachsten naechste woche wieviel kostet haben sitzung
vielen dank schonen schon komme kommen stehe minuten spater bald absagen
verschieben stornieren in an so also man hat huhu tach
"""

_RELATIVE = (
    r"sohn|tochter|kind|kinder|baby|frau|mann|ehemann|ehefrau|partner|partnerin|mutter|mama|vater|papa|bruder|"
    r"schwester|freund|freundin|oma|opa|grossmutter|grossvater|großmutter|großvater|enkel|enkelin|nichte|neffe|"
    r"cousin|cousine|tante|onkel|kollege|kollegin|kleine|kleiner|kleinen|kumpel|mitbewohner|"
    r"mitbewohnerin|verlobte[rn]?|schwiegermutter|schwiegervater|stiefsohn|stieftochter|omi|opi|junge|jungs|bub|"
    r"madchen|madel|lebensgefahrtin|lebensgefahrte|sohne|tochter|kids"
)
_ORDINAL = r"(?:erste|zweite|dritte|vierte|funfte|sechste|letzte|spateste|fruheste)[nrs]?"
_GOOD = (
    r"gut|super|prima|perfekt|toll|klasse|ideal|okay|ok|richtig|korrekt|in ordnung|wunderbar|schon|fein|optimal|"
    r"bestens|spitze|stimmt|passend|genau richtig|am besten"
)
_NAME = r"(?:,? (?:\[\w+\]|(?-i:[A-Z])\w+))?"

PATTERNS = {
    "yes": (
        r"^\W*(?:(?:oh|ach|ah|na|naja|also|hm+|danke|super|ok|okay|gut|alles klar)\b[\s,.!]*)*"
        r"(?:ja+|jo+|jup|jep|jawohl|joa|yes|yep|ok(?:ay|i|idoki)?|klar|sicher|gerne?|genau|richtig|korrekt|stimmt|"
        r"perfekt|super|prima|toll|klasse|passt|einverstanden|natürlich|naturlich|selbstverstandlich|auf jeden fall|"
        r"absolut|wunderbar|in ordnung|geht klar|alles klar|abgemacht|cool|top|bestatig\w*|mach(?:en sie)? das|"
        r"sehr gut|sehr gerne?|gut|freilich|unbedingt|jederzeit|bitte buchen|bitte eintragen|fein|ideal)\b"
        r"|^\W*[👍✅👌🙏]"
        rf"|\b(?:das|es|dies|so|der|die|alles|termin|wurde mir|wurde) (?:\w+ ){{0,2}}(?:ist|ware|war|klingt|hort sich|"
        rf"wurde|sieht|sind) (?:\w+ ){{0,3}}(?:{_GOOD})\b"
        r"|\b(?:klingt|hort sich|sieht) (?:\w+ )?(?:gut|super|prima|toll|perfekt)\b"
        r"|\b(?:das|der|die|es|so|dies|beides) (?:\w+ )?(?:passt|geht|stimmt|klappt|reicht|past)\b(?!\W*(?:mir |uns )?"
        r"(?:leider |gar |uberhaupt )?nicht)(?! leider)"
        r"|\b(?:passt|geht) (?:mir|uns|bei mir|super|gut|perfekt|prima|so)\b(?! (?:leider )?nicht)"
        r"|\b(?:den|die|das|diesen|diese) (?:nehme|nehm) ich\b|\bnehm(?:e)? ich\b|\bich nehm(?:e)? (?:den|die|das|"
        r"ihn)\b"
        r"|\b(?:bitte )?(?:so )?(?:eintragen|buchen sie (?:es|das|ihn|den termin)|fest machen|festmachen)\b"
        r"|\bich (?:bestatige|bin einverstanden|stimme zu)\b|\bja\b|\bkonnen wir (?:so )?machen\b|\bmachen wir\b"
    ),
    "no": (
        r"^\W*(?:(?:oh|ach|ah|na|also|hm+|leider|danke)\b[\s,.!]*)*(?:nein+|nee+|ne|no|nope|noe|nicht|falsch|auf "
        r"keinen fall|"
        r"lieber nicht|stimmt nicht)\b"
        r"|\b(?:geht|passt|klappt|past|ginge)(?: \w+){0,2} (?:nicht|gar nicht)\b|\b(?:stimmt|ist) (?:so )?(?:nicht|"
        r"falsch)\b"
        r"|\bkann (?:ich |da )*(?:\w+ )?nicht\b|\bdoch (?:lieber )?nicht\b|\banders uberlegt\b|\bnicht (?:richtig|"
        r"so gut)\b"
    ),
    "soft_no": (
        r"^\W*(?:moment|warte|warten sie|halt|eigentlich|lieber|sorry|entschuldigung|ach)\b|\bstattdessen\b|\blieber\b|"
        r"\bdoch (?:besser|eher)\b|\bbesser (?:ware|um|am)\b"
    ),
    "not_really_no": (
        r"^\W*(?:nein|nee|ne),? (?:das )?(?:passt|ist (?:schon )?(?:gut|ok|okay|prima|super)|kein problem|stimmt so)"
    ),
    "no_thanks": (
        r"^\W*(?:nein|nee|ne|no)\W*(?:danke|vielen dank|das (?:war'?s|ware alles|ist alles|war alles)|alles gut)|"
        r"\bsonst nichts\b|\bnichts weiter\b|\bdas (?:war'?s|ist alles|war alles|ware alles)\b"
    ),
    "stop": (
        r"^\W*(?:(?:ach|nein|nee|ok|okay|gut|na gut|dann|danke|alles klar)[\s,.!]+)*"
        r"(?:vergessen sie(?: es| das)?|vergiss es|lassen sie(?: es| "
        r"das)?(?: gut sein)?|"
        r"lass(?:en wir)?(?: es| das| mal)?|(?:hat sich|ist) erledigt|egal|stopp?|abbrechen|doch nicht|nicht mehr "
        r"notig|"
        r"ich rufe (?:lieber )?an)(?:\W+(?:hat sich|ist|ich|danke|trotzdem|lieber|erledigt|schon|rufe|an|dann|nicht "
        r"mehr|notig))*\W*$|"
        r"\bhat sich (?:schon |bereits |inzwischen )?erledigt\b"
    ),
    "book": (
        r"termin\b|\btermine\b|\w+termin\b|\b(?:buchen|buche|reservier\w*|vereinbar\w*|ausmachen|anmelden|vorbeikommen|"
        r"drankommen|reinkommen|kommen|einen platz|nen platz|sprechstunde|behandlungstermin|eintragen|"
        r"(?:was|noch was|etwas|noch etwas|zeit|platz|lucke|slots?) (?:frei|verfugbar)|frei(?:e zeiten|e termine|er "
        r"termin)?|"
        r"zum (?:arzt|doktor|zahnarzt|friseur)|beim (?:arzt|doktor|zahnarzt|friseur))\b"
    ),
    "another": (
        r"\b(?:noch (?:ein|einen|eine|nen)|einen weiteren|ein weiterer|einen zweiten|auch (?:noch )?(?:ein|einen|"
        r"eine|fur)|"
        r"zusatzlich|ausserdem|außerdem|ebenfalls|gleich noch)\b"
    ),
    "move": (
        r"\b(?:verschieb\w*|(?:nach (?:hinten|vorne?) )?schieb\w*|verleg\w*|umbuch\w*|verschoben|umgebucht|verlegt|"
        r"vorverleg\w*|vorziehen|tauschen|"
        r"(?:termin|ihn|den|das|es)(?: \w+){0,3} (?:andern|ander|aendern|wechseln))\b"
        r"|\b(?:kann|schaff\w*)(?: \w+){0,4} (?:nicht|leider nicht|doch nicht)(?: \w+){0,2}(?: kommen| wahrnehmen| "
        r"einhalten| schaffen)?\W*(?:$|[.!?,])"
        r"|\b(?:termin|ihn)(?: \w+){0,2} nicht (?:wahrnehmen|einhalten|schaffen)\b|\bauf (?:einen )?ander\w+ (?:tag|"
        r"termin|uhrzeit)\b"
    ),
    "cancel": (
        r"\b(?:absag\w*|abgesagt|abzusagen|stornier\w*|cancel\w*|loschen|streichen|sag\w* (?:\w+ ){0,4}ab)\b|"
        r"\b(?:termin )?ab ?sagen\b"
    ),
    "list": (
        r"\bwann (?:ist|war|hab|habe|hatte|ware)(?: ich| nochmal| noch mal| denn| eigentlich)* (?:mein|meine|unser|"
        r"den|der|einen|meinen)(?: nachster| nachste| nachsten)? ?(?:\w*termin|sitzung|behandlung)"
        r"|\b(?:welche|was fur|welchen) \w*termine?\b(?: \w+)? (?:hab|habe|haben)\b|\bmeine (?:nachsten |kommenden |"
        r"gebuchten )?termine\b"
        r"|\bhabe? ich (?:\w+ )?(?:einen|noch einen|schon einen|schon) \w*termin\b|\bum wie ?viel uhr (?:ist|war|"
        r"hab|habe) (?:mein|ich)\b"
        r"|\bmein nachster \w*termin\b"
    ),
    "person": (
        r"\b(?:sprechen|reden|telefonieren|schreiben)\b.*\b(?:mensch\w*|person|jemand\w*|mitarbeiter\w*|kolleg\w*|"
        r"rezeption|empfang|chef\w*|arzthelferin|team)\b"
        r"|\b(?:mensch\w*|person|jemand\w*|mitarbeiter\w*|rezeption|empfang)\b.*\b(?:sprechen|reden|telefonieren|"
        r"schreiben)\b"
        r"|\b(?:echte[nr]?|richtige[nr]?) (?:mensch\w*|person|mitarbeiter\w*)\b|^\W*(?:mensch|person|mitarbeiter|"
        r"rezeption|empfang)\W*(?:bitte)?\W*$"
        r"|\bkein(?:en)? bot\b|\b(?:will|mochte|brauche|gib mir|geben sie mir) (?:bitte )?(?:mit )?eine[nm]? "
        r"(?:echten? |richtigen? )?(?:mensch\w*|mitarbeiter\w*)\b"
    ),
    "call_me": r"\b(?:rufen sie|ruf|ruft) (?:mich|uns) (?:bitte )?(?:\w+ )?(?:an|zuruck)\b|\bruckruf\b"
    r"|\b(?:mich|uns) (?:\w+ ){0,3}(?:zuruck ?rufen|anrufen|zuruckruft)\b",
    "results": r"\b(?:labor|blut|test)\w*(?:werte|ergebnisse?|befunde?)\b|\bbefunde?\b|\bergebnisse?\b",
    "late": (
        r"\b(?:verspat\w*|verspaet\w*|spater dran|zu spat|bin spat dran|spat dran|stehe im stau|steh im stau|im stau|"
        r"schaffe es nicht (?:ganz )?punktlich|nicht punktlich|min(?:uten)? (?:zu )?spater (?:da|komm\w*))\b|"
        r"\bkomm\w*(?: \w+){0,3} spater\b"
    ),
    "complaint": (
        r"\b(?:beschwer\w*|reklam\w*|geld zuruck|unverschamt\w*|frechheit|unmoglich behandelt|anwalt|anzeige|"
        r"enttauscht|"
        r"unzufrieden|schlechte behandlung|zu viel berechnet|katastroph\w*)\b"
    ),
    "advice": (
        r"\b(?:soll|sollte|darf|kann|muss) ich (?:\w+ ){0,4}(?:nehmen|einnehmen|absetzen|essen|trinken|ins "
        r"krankenhaus|sorgen machen)\b|"
        r"\bist (?:das|es) (?:normal|schlimm|gefahrlich|entzundet|ansteckend|ernst)\b|\bwas (?:kann|soll) ich "
        r"(?:dagegen |gegen \w+ )?(?:nehmen|tun|machen)\b|"
        r"\bnebenwirkung\w*|\bdosierung\b|\bwie viele? (?:tabletten|ibuprofen|paracetamol|mg)\b|\bdiagnos\w*|"
        r"\bbrauche? ich (?:ein )?antibiotik\w*|"
        r"\b(?:labor|blut|test|befund)\w*(?:werte|ergebnisse?|befunde?)\b|\bbefunde?\b|\bergebnisse?\b|"
        r"\buberweisung\w*|\bkrankschreib\w*|\bkrankmeldung\w*|\bau\b(?= bescheinigung)|"
        r"\b(?:neues|mein|folge) ?rezept (?:brauch|bestell|abhol|verlanger)\w*|\brezept (?:bestellen|verlangern|"
        r"abholen|fur)\b|\bmeine (?:medikamente|tabletten)\b"
    ),
    "find": (
        r"\b(?:suche|such|finden|finde|wie ware es|wie ware|was ist mit|andere|anderes|anderen|empfehl\w*|"
        r"vorschlag\w*|vorschlagen|optionen|"
        r"jemand anders|sonst noch|was anderes|brauche?|brauchte|brauch|mochte|moechte|hatte gern\w*|wurde gern\w*|"
        r"will|wollte|wollen|konnte ich|konnten wir|"
        r"helfen|hilfe|schauen)\b"
    ),
    "place": r"\b(?:in der nahe|stadtteil|bezirk|umgebung|nahe bei)\b",
    "greet": (
        r"^\W*(?:hallo|hi|hey|hei|moin(?: moin)?|servus|gruss gott|gruß gott|grussgott|gruezi|guten (?:tag|morgen|"
        r"abend)|tag|na|gruss dich|schonen guten tag)\b"
    ),
    "thanks": r"\b(?:danke\w*|dankeschon|vielen dank|merci|besten dank|herzlichen dank|dank ihnen|dank dir)\b",
    "bye": (
        r"\b(?:tschuss\w*|tschau|ciao|bis dann|bis bald|bis morgen|bis dahin|auf wiedersehen|wiedersehen|schonen "
        r"(?:tag|abend)(?: noch)?|schones wochenende|gute nacht|mach'?s gut|lg|mfg)\b"
    ),
    "none": (
        r"\b(?:kein(?:e|er|es|en|s)? (?:von|davon|der|dieser|passt|passen|geht)|nichts davon|nichts passt|passt "
        r"alles nicht|"
        r"(?:was|etwas) ander(?:es|s)|ander(?:e|en|er) (?:zeit\w*|uhrzeit\w*|termine?|tage?|vorschlage?|"
        r"moglichkeit\w*)|weitere (?:zeiten|termine|vorschlage)|"
        r"zeigen sie mir (?:\w+ )?(?:mehr|weitere|andere)|(?:noch|ein paar) (?:mehr|weitere|andere)|"
        r"mehr (?:zeiten|termine|optionen))\b"
    ),
    "any": (
        r"\b(?:egal(?: welche[rs]?)?|ganz egal|mir egal|alle(?:s)? (?:passt|passen|geht|gehen)|irgendein\w*|"
        r"irgendwann|jede[rs]? (?:passt|geht)|"
        r"such(?:en sie)? (?:sie )?(?:einen |was )?aus|entscheiden sie|spielt keine rolle|flexibel)\b"
    ),
    "number": (
        r"^\W*(?:(?:ich (?:nehme|nehm|hatte gern|mochte)|dann|bitte|den|die|das|nehme|nehm|ja)[\s,]+)*(?:nummer|"
        r"option|nr\.?|vorschlag|termin|#)?\s*#?"
        r"(\d{1,2}|eins|zwei|drei|vier|funf|sechs)\W*(?:bitte|danke|ware gut|passt|nehme ich|nehm ich)?\W*$"
        r"|\b(?:nummer|option|nr\.?|vorschlag) (\d{1,2}|eins|zwei|drei|vier|funf|sechs)\b"
    ),
    "ordinal": (
        rf"\b(so spat wie moglich)\b|\b(?:den|der|die|das|dem|am) ({_ORDINAL})(?: (?:termin|vorschlag|option|zeit"
        rf"|uhrzeit|moglichkeit|davon|"
        rf"von)\b|\W*(?:bitte|danke|nehme ich|passt)?\W*$)"
        rf"|^\W*({_ORDINAL})(?: termin| vorschlag| option)?\W*(?:bitte|danke)?\W*$"
    ),
    "phone": (
        r"\b(?:telefon(?!termin|isch|sprech|gesprach|konsult)\w*|rufnummer|handynummer|durchwahl|kontaktdaten|"
        r"(?:ihre|eure|deine|die) nummer|anrufen|erreiche ich|erreichen)\b"
    ),
    "address": (
        r"\b(?:adresse|anschrift|wo (?:sind|seid|ist|liegt|befindet|befinden|finde|genau)|wie komme ich (?:zu|hin)|"
        r"standort|strasse|straße|anfahrt|wegbeschreibung|postleitzahl)\b"
    ),
    "hours": (
        r"\b(?:offnungszeit\w*|sprechzeit\w*|geschaftszeit\w*|offnet|schliesst|schließt|(?:haben|habt|hat|ist|sind|"
        r"seid) (?:\w+ ){0,4}(?:auf|offen|geoffnet|geschlossen|zu)(?=\W*(?:\?|$))|wie lange (?:habt|haben) (?:ihr|"
        r"sie)|geoffnet)\b"
    ),
    "prices": (
        r"\b(?:was kostet\w*|wie ?viel kostet\w*|kosten|kostet|preise?|preisliste|teuer|gebuhr\w*|wie teuer|wie "
        r"lange dauert|dauert|honorar)\b"
    ),
    "services": (
        r"\b(?:welche (?:leistungen|behandlungen|angebote|dienstleistungen)|was bietet (?:ihr|sie)|was (?:bieten|"
        r"machen) sie (?:alles|so|an)|(?:ihre|eure) (?:leistungen|behandlungen|angebote)|leistungen|was macht "
        r"ihr(?: alles| so)?)\b"
    ),
    "offers": (
        r"\b(?:bieten sie|bietet ihr|machen sie|macht ihr|fuhren sie|gibt es bei (?:ihnen|euch)|haben sie auch|habt "
        r"ihr auch|kann man bei (?:ihnen|euch)|ist bei (?:ihnen|euch))\b"
    ),
    "practitioners": (
        r"\b(?:wer (?:ist (?:frei|da)\b|hat zeit|arbeitet|behandelt|ist (?:der|die) (?:arzt|arztin|zahnarzt"
        r"|therapeut\w*|friseur\w*)|macht das|"
        r"schneidet)|welche (?:arzte|arztinnen|therapeut\w*|friseur\w*|behandler)|(?:ihre|eure) (?:arzte|"
        r"therapeuten|friseure|mitarbeiter)|bei wem (?:bin|ware) ich)\b"
    ),
    "unpublished": (
        r"\b(?:toiletten?|wc|aufzug|fahrstuhl|treppen?|umkleide\w*|haltestelle\w*|u-bahn|s-bahn|apotheke|"
        r"bewertung\w*|parkplatz\w*|parkplatze|parken|barrierefrei\w*|rollstuhl\w*|wlan|krankenkasse\w*|"
        r"kassenpatient\w*|privatpatient\w*|versicher\w*|kartenzahlung|karte zahlen|ec-?karte|rabatt\w*|"
        r"gutschein\w*|anzahlung|qualifi\w*|sprachen|parkhaus)\b"
    ),
    "please_do": (
        r"\b(?:konnen|konnten|wurden|kannst|konntest) (?:sie|du|ihr) (?:das |es |ihn |den |mir |mich )*(?:bitte "
        r")?(?:so )?(?:das |den )?(?:buchen|eintragen|reservieren|festmachen|bestatigen)\b"
    ),
    "asks_first": (
        r"^\W*(?:was|wo|wann|wer|wie|welche[rs]?|warum|ist|sind|haben|habt|hat|kann|konnen|konnte|konnten|darf|gibt|"
        r"machen|macht)\b"
    ),
    "question": (
        r"\?|^\W*(?:was|wo|wann|wer|wie|welche[rs]?|warum|ist|sind|haben|habt|hat|kann|konnen|konnte|konnten|darf|"
        r"gibt)\b"
    ),
    "symptom": (
        r"\b(?:\w*schmerz\w*|tut (?:mir )?(?:\w+ ){0,3}weh|krank|fieber|husten|blutet|geschwollen|schwellung|"
        r"entzund\w*|abgebrochen|gebrochen|kaputt|ausschlag|ubel|unwohl|erkaltet|verletzt|verspannt|probleme?|"
        r"beschwerden|rucken|knie|zahn|zahne|haare|schulter|nacken|haut|rausgefallen|"
        r"angste?|panik\w*|depress\w*|burn-?out|schlafe? (?:kaum|schlecht|nicht)|trauer\w*|niedergeschlagen|"
        r"uberfordert|schlaflos\w*)\b"
    ),
    "praise": (
        r"\b(?:gut|super|toll|klasse|perfekt|prima|schon|wunderbar|nett|freut|freue|passt|ok|okay|alles klar|cool)\b"
    ),
    "for_other": (
        rf"\b(?:fur|fuer|von) (?:meine[nrms]?|unsere[nrms]?|mein|unser|den|die|das|eine[nr]?) (?:\w+ )?({_RELATIVE})\b"
        rf"|\bmeine?[nrms]? (?:\w+ )?({_RELATIVE}) (?:braucht|brauchte|mochte|hat|muss|will|soll|sollte|wurde|hatte|"
        rf"ist|kann|war|klagt|hustet|weint|fiebert)\b"
    ),
    "also_for": (
        rf"\b(?:auch (?:noch )?(?:einen )?(?:termin )?fur|und (?:noch |auch )?(?:einer |einen |eine )?(?:termin "
        rf")?(?:fur|von)|mich und|ich und|mir und) (?:meine[nrms]?|unsere[nrms]?|mein|unser) ({_RELATIVE})\b|"
        rf"\bmeine?[nrms]? ({_RELATIVE}) und (?:mich|mir)\b(?!.*\b(?:paar|zusammen|gemeinsam))"
    ),
    "with_me": (
        rf"\b(?:mich|mir|ich),? (?:und|sowie|plus) (?:auch )?(?:eine[nr]? )?(?:fur )?(?:meine?[nrms]?|"
        rf"unsere?[nrms]?) (?:\w+ )?(?:{_RELATIVE})\b|\bfur mich, (?:meine?[nrms]?|unsere?[nrms]?) (?:{_RELATIVE})\b"
        rf"|(?<!fur )(?<!von )\b(?:meine?|unsere?) (?:{_RELATIVE}){_NAME} und ich\b"
        rf"|\b(?:meine?[nrms]?|unsere?[nrms]?) (?:{_RELATIVE}){_NAME},? (?:und|sowie|plus) (?:auch )?(?:eine[nr]? |"
        r"einmal )?(?:fur )?(?:mich|mir)\b"
    ),
    "both": r"\bbeide\b(?! (?:tage|termine|zeiten|uhrzeiten|male))|\bzu zweit\b|\bzwei termine\b|\bje eine?n?\b",
    "as_couple": r"\bpaar\w+|\bals paar\b|\bgemeinsames? (?:gesprach|sitzung|termin)",
    "name_after": r",? (?:(?:called|named|heisst|namens|llamad[oa]|nommee?|chamad[oa]) )?(\[(?:NAME|PERSON)_\d+\])",
    "relative": rf"\b(?:meine?[nrms]?|unsere?[nrms]?) (?:\w+ )?({_RELATIVE})\b",
    "right_after": (
        r"\b(?:direkt|gleich|unmittelbar|sofort)? ?(?:danach|im anschluss|hinterher|anschliessend|anschließend)\b"
    ),
    "same_time": r"\b(?:zur gleichen zeit|gleichzeitig|zusammen|gleiche uhrzeit|zur selben zeit|parallel)\b",
    "that_one": r"\b(?:ihn|den|das|es|diesen|dieser)\b",
    "same_day": r"\b(?:am gleichen|am selben|denselben|gleichen|selben) tag\b",
    "named": r"(\[(?:NAME|PERSON)_\d+\])",
    "named_relative": rf"\b(?:{_RELATIVE}),? (?:heisst |heißt |namens )((?-i:[A-Z])[\w'’-]+)",
    "bare_name": (
        r"^\W*(?:(?:sein|ihr|der) name ist|(?:er|sie|es) heisst|(?:er|sie|es) heißt|das ist|fur)?\s*"
        r"((?-i:[A-Z])[\w'’-]+(?: (?-i:[A-Z])[\w'’-]+){0,3})\W*$"
    ),
    "stranger": r"\b(?:dr\.?|doktor|herr|herrn|frau dr\.?|frau)\s+(?-i:[A-Z])[\w'’]+",
    "note": r"\(The patient sent an? [\w ']+, which you can't open\.\)",
    "undo": (
        r"\b(?:ruckgangig|rueckgangig|zurucknehmen|nimm das zuruck|nehmen sie das zuruck|war ein versehen|aus "
        r"versehen)\b"
    ),
    "waitlist": (
        r"\bwarteliste\b|\b(?:falls|wenn|sobald)(?: \w+){0,3} (?:fruher\w*|was|etwas|ein termin|platz)(?: \w+){0,3} "
        r"frei\b|\b(?:bescheid|melden sie sich|melde dich|informieren)\b.*\bfrei\b|\bfrei (?:wird|werden)\b|\bauf "
        r"die liste\b"
    ),
    "emergency": (
        r"\b(?:notfall\w*|notarzt|krankenwagen|rettungswagen|bekomme keine luft|keine luft|atemnot|bewusstlos|"
        r"ohnmachtig|herzinfarkt|schlaganfall|blutet stark|starke blutung|umbringen|suizid\w*|selbstmord)\b"
    ),
    "minutes": (
        r"\b(\d{1,3}) ?(?:min\b|minuten|')|\b(funf|zehn|funfzehn|zwanzig|dreissig|dreißig|vierzig) (?:min\b|"
        r"minuten)|\b(viertelstunde|(?:halbe|halben) stunde|eine stunde|einer stunde)"
    ),
}

MINUTES = {
    "funf": 5,
    "zehn": 10,
    "funfzehn": 15,
    "zwanzig": 20,
    "dreissig": 30,
    "dreißig": 30,
    "vierzig": 40,
    "viertelstunde": 15,
    "halbe stunde": 30,
    "halben stunde": 30,
    "eine stunde": 60,
    "einer stunde": 60,
}
