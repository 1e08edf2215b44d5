"""French words by what they mean. Patterns see the text without accents, its dates and times blanked."""

ORDINALS = {
    **dict.fromkeys(("premier", "premiere", "1er", "1ere", "un", "une"), 1),
    **dict.fromkeys(("deuxieme", "second", "seconde", "2e", "2eme", "deux"), 2),
    **dict.fromkeys(("troisieme", "3e", "3eme", "trois"), 3),
    **dict.fromkeys(("quatrieme", "4e", "4eme", "quatre"), 4),
    **dict.fromkeys(("cinquieme", "5e", "5eme", "cinq"), 5),
    **dict.fromkeys(("sixieme", "6e", "6eme", "six"), 6),
    **dict.fromkeys(("dernier", "derniere", "le plus tard possible"), -1),
}

FUNCTION_WORDS = """
je tu il elle nous vous ils elles on mon ma mes ton ta votre vos notre nos le la les un une des du de l et ou mais
ne pas plus avec pour par sur dans en au aux a chez que qui quoi quand ou comment combien quel quelle quels est sont
suis ai avez avons peux peut pouvez puis pourrais pourriez voudrais veux voulais aimerais aurais faut faudrait besoin
bonjour bonsoir salut coucou merci svp plait oui non ouais accord rdv rendez demain lundi mardi mercredi jeudi vendredi
samedi dimanche aujourd hui heures heure matin midi soir apres possible plutot alors aussi tres bien parfait ce cette
cela j y n celui possible prendre annuler deplacer me te si son notre venir revoir bientot fille fils place quelqu
cc slt bjr stp pr dem jsuis chui ca cest jai vais retard
"""

_RELATIVE = (
    r"fils|fille|enfants?|bebe|femme|epouse|mari|epoux|conjointe?|mere|maman|pere|papa|frere|soeur|sœur|amie?|"
    r"copine|copain|"
    r"grand-mere|grand-pere|mamie|papi|petit-fils|petite-fille|neveu|niece|cousine?|oncle|tante|compagne|compagnon|"
    r"collegue|petite?|belle-mere|beau-pere|belle-fille|beau-fils|beau-frere|belle-soeur|blonde|chum|gars|pote|"
    r"gamine?|garcons?|filles|gosses?|fiancee?"
)
_ORDINAL = (
    r"premiere?|1ere?|deuxieme|seconde?|2e(?:me)?|troisieme|3e(?:me)?|quatrieme|4e(?:me)?|cinquieme|5e(?:me)?|"
    r"sixieme|6e(?:me)?|derniere?"
)
_GOOD = r"bon|bien|parfait|super|ideal|genial|nickel|correct|impeccable|impec|top|ok|okay|cool|bonne|excellent"
_NAME = r"(?:,? (?:\[\w+\]|(?-i:[A-Z])\w+))?"

PATTERNS = {
    "yes": (
        r"^\W*(?:(?:ah|oh|ben|eh bien|bah|hum+|merci|super|ok|bon|alors)\b[\s,.!]*)*"
        r"(?:oui+|ouais?|ouep|wi|ui|yes|ok(?:ay|i)?|d'? ?accord|dac(?:cord)?|bien sur|tout a fait|parfait(?:ement)?|"
        r"super|exact(?:ement)?|c'? ?est (?:ca|bon|parfait|cela|note|exact|correct)|"
        r"volontiers|avec plaisir|entendu|nickel|impec(?:cable)?|genial|top|bien|tres bien|ca marche|ca (?:me )?va|"
        r"ca (?:me )?convient|ca roule|"
        r"je confirme|confirme[rz]?|je valide|allez-?y|allez|go|banco|absolument|certainement|evidemment|carrement|"
        r"validez|reservez|si|c bon|vendu|affirmatif)\b|^\W*[👍✅👌🙏]"
        rf"|\b(?:c'? ?est|c'? ?etait|ce serait|ca serait|ca semble|ca sonne|ca a l'air) (?:tres |vraiment |tout a "
        rf"fait )?(?:{_GOOD})\b"
        r"|\bca (?:me |nous )?(?:va|convient|marche|arrange)\b(?! pas)|\b(?:me|nous) convient\b(?! pas)|\bje "
        r"(?:prends|prend|confirme|valide)\b"
        r"|\boui\b|\b(?:reservez|notez|bloquez)(?:-le|-la)?\b"
    ),
    "no": (
        r"^\W*(?:(?:ah|oh|ben|bah|hum+|desolee?|pardon|euh)\b[\s,.!]*)*(?:non+|nan|nope|pas du tout|pas vraiment|"
        r"surtout pas|negatif)\b"
        r"|\b(?:ne )?(?:me |nous |m')?(?:convient|va|marche|arrange) pas\b|\bje ne (?:peux|pourrai|veux) pas\b|"
        r"\bj(?:e )?peux pas\b|\bc'? ?est pas (?:bon|ca|possible|correct)\b|\bn'est pas (?:bon|ca|possible|"
        r"correct)\b"
        r"|\bchange d'avis\b|\bpas possible pour moi\b"
    ),
    "soft_no": (
        r"^\W*(?:attendez|attends|en fait|plutot|finalement|pardon|un instant)\b|\ba la place\b|\bplutot\b|\bje "
        r"prefere\w*\b|\bfinalement\b"
    ),
    "not_really_no": r"^\W*non,? (?:pas de probleme|pas de souci|c'est (?:bon|parfait|bien)|ca va|aucun probleme)",
    "no_thanks": r"^\W*non\W*(?:merci|c'est tout|ca ira|rien d'autre)|\brien d'autre\b|\bc'est tout\b|\bce sera tout\b",
    "stop": (
        r"^\W*(?:(?:non|bon|ok|ah|alors|d'accord|dans ce cas|en fait|finalement)[\s,]+)*"
        r"(?:laissez? tomber|laisse|oubliez?(?: ca)?|tant pis|"
        r"peu importe|c'est plus (?:la peine|necessaire)|ce n'est plus (?:la peine|necessaire)|plus besoin|stop|"
        r"annulez tout|"
        r"je (?:vais|prefere) appeler|je rappellerai)(?:[\s,.]+(?:merci|ce|n'est|c'est|plus|necessaire|la|peine|ca|"
        r"je|vais|appeler|besoin|pas|grave|finalement|tomber))*\W*$"
    ),
    "book": (
        r"\b(?:rendez-? ?vous|rdv|reserv\w*|consult\w*|creneaux?|disponib\w*|dispo|prendre (?:un )?(?:rdv|rendez)|"
        r"me prendre|nous prendre|une place|de la place|places|venir|passer|voir (?:le|la|un|une|mon|ma) \w+|fixer|"
        r"inscrire|libre|libres)\b"
    ),
    "another": (
        r"\b(?:un autre (?:rdv|rendez-vous|creneau)|encore un|un deuxieme|un second|aussi|egalement|en plus|une "
        r"autre)\b"
    ),
    "move": (
        r"\b(?:deplac\w*|decal\w*|repouss\w*|report\w*|avanc(?:er|ez|e) (?:mon|le|ce|notre)|reprogramm\w*|(?:chang|"
        r"modifi)\w* (?:\w+ ){0,3}(?:rdv|rendez-? ?vous|creneau|heure|date|jour|seance|consultation)|(?:le|la|l') "
        r"?(?:changer|modifier|mettre)\b)"
        r"|\b(?:ne )?(?:peux|pourrai|pourrais|peut|pourrons) (?:plus|pas|malheureusement pas)(?: \w+)? (?:venir|"
        r"etre la|me liberer|y aller|assurer)\b"
    ),
    "cancel": r"\b(?:annul\w*|supprim\w* (?:mon|le|ce)|decommand\w*)\b",
    "list": (
        r"\b(?:quand|c'est quand|a quelle heure|quel jour) (?:est(?:-ce)?|est|j'ai|ai-je|c'est|est-ce que j'ai|est "
        r"deja)? ?(?:que j'ai )?(?:mon|ma|notre|le) (?:prochaine? )?(?:rdv|rendez-? ?vous|seance|consultation)"
        r"|\b(?:quels|mes) (?:sont mes |prochains )?(?:rdv|rendez-? ?vous)\b|\b(?:ai-je|j'ai|est-ce que j'ai) "
        r"(?:deja |bien )?(?:un|mon) (?:rdv|rendez-? ?vous)\b(?=.*\?)|\bmon prochain (?:rdv|rendez-? ?vous)\b|\bma "
        r"prochaine (?:seance|consultation)\b"
    ),
    "person": (
        r"\b(?:parler|discuter|echanger|joindre)\b.*\b(?:quelqu'?un|personne|humain|secretaire|secretariat|"
        r"reception\w*|conseiller|responsable|equipe|conseillere|agent)\b"
        r"|\b(?:a|avec) (?:un humain|une personne)\b"
        r"|\b(?:vraie|reelle) personne\b|^\W*(?:une )?(?:personne|humain|secretaire|conseiller|agent)\W*(?:svp|s'il "
        r"vous plait)?\W*$|\b(?:veux|voudrais|prefere|passez-moi) (?:une? )?(?:vraie? )?(?:humain|secretaire|"
        r"conseillere?)\b|\b(?:veux|voudrais) une (?:vraie )?personne\b"
    ),
    "call_me": r"\b(?:rappelez|appelez)[- ]moi\b|\bqu'on me rappelle\b|\bm'appeler\b|\bme rappeler\b",
    "results": r"\bresultats?\b|\bmes analyses\b",
    "late": (
        r"\b(?:en retard|du retard|de retard|embouteillages?|bouchons|coincee? dans|retardee?)\b|\barriv\w*(?: "
        r"\w+){0,4} plus tard\b"
    ),
    "complaint": (
        r"\b(?:plainte|plaindre|reclam\w*|rembours\w*|inadmissible|inacceptable|scandaleux|honteux|avocat|"
        r"mecontente?|decue?|impoli\w*|surfactur\w*)\b"
    ),
    "advice": (
        r"\b(?:dois-je|je dois|puis-je|est-ce que je (?:peux|dois)|faut-il|je peux) (?:\w+ )?(?:prendre|arreter|"
        r"manger|boire|m'inquieter|aller aux urgences)\b(?! (?:un )?(?:rdv|rendez))|\b(?:c'est|est-ce) (?:normal|"
        r"grave|dangereux|contagieux)\b|\bque (?:puis-je|dois-je|faut-il) (?:prendre|faire)\b|"
        r"\beffets secondaires\b|\bposologie\b|\bcombien de (?:comprimes|cachets|mg|doliprane)\b|\bdiagnosti\w*|"
        r"\b(?:mes|les|de mes|de ma|mon) (?:resultats?|analyses|bilan)\b|\bresultats\b|\bordonnance\b|\barret (?:de "
        r"travail|maladie)\b|\bcertificat\b|\bmes medicaments\b|\bmon traitement\b|\bcourrier\b"
    ),
    "find": (
        r"\b(?:cherche|chercher|trouver|trouvez|autres?|recommand\w*|sugger\w*|propos\w*|options?|quelqu'un d'autre|"
        r"different\w*|voudrais|voudrait|aimerais|aimerait|veux|voulais|besoin|pourrais|pourriez|aider?|aidez|"
        r"souhait\w*|il (?:me )?fau(?:t|drait)|j'aurais)\b"
    ),
    "place": r"\b(?:ville|quartier|region|pres de|proche|coin)\b",
    "greet": r"^\W*(?:bonjour|bonsoir|salut|slt|bjr|coucou|hello|hey|bsr|rebonjour)\b",
    "thanks": r"\b(?:merci\w*|mrc|remercie\w*|c'est gentil)\b",
    "bye": (
        r"\b(?:au revoir|a bientot|a plus|bonne (?:journee|soiree|nuit)|bon week-?end|a demain|a lundi|bye|ciao|"
        r"cordialement|bien a vous)\b"
    ),
    "none": (
        r"\baucune?\b|\b(?:d')?autres? (?:horaires?|heures?|jours?|creneaux?|dates?|options?|possibilites?)\b|"
        r"\bautre chose\b|\brien (?:de tout ca|la-dedans)\b|\bpas ceux-la\b|"
        r"\b(?:montrez|donnez|proposez)-m(?:oi|'en) (?:\w+ )?(?:plus|autres?)\b"
        r"|\bplus de (?:choix|creneaux)\b"
    ),
    "any": (
        r"\b(?:n'importe (?:le)?quel(?:le)?|n'importe quand|peu importe|ca m'est egal|comme vous voulez|au choix|le "
        r"premier venu|tous me conviennent|tout me va|m'importe peu)\b"
    ),
    "number": (
        r"^\W*(?:(?:je (?:prends|prend|choisis|voudrais|veux)|alors|le|la|plutot|oui|ok)[\s,]+)*(?:numero|option|"
        r"choix|n[o°]\.?|#)?\s*#?"
        r"(\d{1,2}|un|deux|trois|quatre|cinq|six)\W*(?:svp|s'il vous plait|merci|stp)?\W*$|\b(?:numero|option|"
        r"choix) (\d{1,2}|un|deux|trois|quatre|cinq|six)\b"
    ),
    "ordinal": (
        rf"\b(le plus tard possible)\b|\b(?:le|la) ({_ORDINAL})(?: (?:rdv|rendez-vous|creneau|option|choix"
        rf"|proposition|horaire)\b|\W*(?:svp|s'il "
        rf"vous plait|merci|stp)?\W*$)|^\W*({_ORDINAL})(?: creneau| option| choix)?\W*(?:svp|merci)?\W*$"
    ),
    "phone": (
        r"\b(?:numero (?:de telephone|de tel)|telephone(?<!par telephone)(?! svp)|votre numero|le numero|vous "
        r"(?:joindre|appeler|contacter)|coordonnees|portable)\b"
    ),
    "address": (
        r"\b(?:adresse|ou (?:etes|se trouve|est|se situe|vous trouvez|vous etes|c'est|puis-je)|vous etes (?:ou|"
        r"situes?|bases?)|situes?|localis\w*|comment (?:venir|je viens|vous trouver|y aller)|quelle rue|code postal|"
        r"itineraire)\b"
    ),
    "hours": (
        r"\b(?:horaires? (?:d'ouverture|du cabinet|du salon)?|vos horaires|quels (?:sont )?(?:vos |les )?horaires|"
        r"heures d'ouverture|(?:etes|est|c'est|etes-vous|vous etes) (?:-vous )?(?:ouverts?|fermes?|ouverte)|"
        r"(?:ouvrez|fermez|ouvre|ferme)(?:-vous)?)\b"
    ),
    "prices": (
        r"\b(?:c'est combien|combien (?:coute|ca coute|coutent|est|vous prenez|c'est|de temps|dure|ca dure)|"
        r"(?:quels?|vos|les) (?:est le |sont (?:les|vos) )?(?:prix|tarifs?)|prix|tarifs?|coute|cout|honoraires|"
        r"combien\b(?=\W*$))\b"
    ),
    "services": (
        r"\b(?:quels? (?:services|soins|prestations|traitements)|que (?:proposez|faites)-vous|vous (?:faites|"
        r"proposez) quoi|qu'est-ce que vous (?:faites|proposez)|(?:vos|les|liste des) (?:services|soins|"
        r"prestations))\b"
    ),
    "offers": (
        r"\b(?:faites-vous|vous faites|proposez-vous|vous proposez|est-ce que vous (?:faites|proposez)|"
        r"pratiquez-vous|vous pratiquez)\b"
    ),
    "practitioners": (
        r"\b(?:qui (?:est (?:libre|disponible|la)\b|travaille|consulte|est (?:le|la|votre) (?:medecin|dentiste"
        r"|therapeute|coiffeuse|coiffeur|"
        r"kine)|va me (?:voir|recevoir))|quels? (?:medecins|dentistes|coiffeurs|therapeutes|kines|praticiens)|"
        r"(?:vos|les) (?:medecins|dentistes|coiffeurs|therapeutes|praticiens))\b"
    ),
    "unpublished": (
        r"\b(?:toilettes|wc|ascenseur|escaliers?|vestiaires?|arret de bus|metro|pharmacie|"
        r"avis|etoiles|notes?|parking|garer|stationn\w*|fauteuil roulant|pmr|wifi|mutuelle|carte (?:vitale|"
        r"bancaire|bleue)|carte|tiers payant|secteur|conventionne\w*|rembourse\w*|remise|reduction|acompte|payer|"
        r"paiement|langues?|cheque\w*)\b"
    ),
    "please_do": (
        r"\b(?:pouvez|pourriez|peux)(?:-vous| vous|-tu)? (?:le |la |me |me le )?(?:reserver|confirmer|noter|bloquer|"
        r"valider)\b"
    ),
    "asks_first": (
        r"^\W*(?:que|quoi|ou|quand|qui|comment|quel\w*|pourquoi|est-ce|est|avez|etes|puis|pouvez|faites|combien|"
        r"c'est)\b"
    ),
    "question": (
        r"\?|^\W*(?:quand|qui|comment|quel\w*|pourquoi|est-ce|avez-vous|etes-vous|puis-je|pouvez-vous|pourriez|"
        r"faites-vous|combien)\b"
    ),
    "symptom": (
        r"\b(?:mal|douleurs?|douloureu\w*|malade|fievre|tousse|toux|saigne\w*|gonflee?|enflee?|cassee?|infect\w*|"
        r"boutons?|tete|gorge|dents?|gencives?|cheveux|peau|dos|genou|cou|epaule|blessee?|blesse|probleme|lumbago|"
        r"torticolis|grippe|"
        r"anxi\w*|angoiss\w*|depress\w*|deprim\w*|panique|stress\w*|burn-?out|dors (?:plus|mal|pas)|insomnie|deuil|"
        r"va pas bien)\b"
    ),
    "praise": r"\b(?:bien|super|genial|parfait|top|excellent|merveilleux|cool|ok|nickel|j'adore|sympa)\b",
    "for_other": (
        rf"\b(?:pour|de|a) (?:mon|ma|mes|notre|nos|le|la|un|une) (?:\w+ )?({_RELATIVE})\b|\b(?:mon|ma) ({_RELATIVE}) "
        rf"(?:a|doit|voudrait|aimerait|veut|a besoin|est|tousse|vomit|souffre|pleure|fait|s'est|ne|n'|peut)\b"
    ),
    "also_for": (
        rf"\b(?:aussi|et|et aussi|egalement|et un(?:e)? autre) (?:un |une )?(?:rdv |rendez-vous )?pour (?:mon|ma|"
        rf"notre) ({_RELATIVE})\b|\bpour moi et (?:pour )?(?:mon|ma) ({_RELATIVE})\b|\bpour (?:mon|ma) ({_RELATIVE}) "
        rf"et (?:pour )?moi\b"
    ),
    "with_me": (
        rf"\bmoi,? et (?:aussi )?(?:une? (?:autre )?)?(?:pour )?(?:mon|ma|mes|notre) (?:\w+ )?(?:{_RELATIVE})\b"
        rf"|\bpour moi, (?:pour )?(?:mon|ma|notre) (?:{_RELATIVE})\b"
        rf"|\b(?:mon|ma|notre) (?:{_RELATIVE}){_NAME},? et (?:aussi )?(?:une? (?:autre )?)?(?:pour )?moi\b"
    ),
    "both": r"\bto(?:us|utes) les deux\b|\bnous deux\b|\bdeux (?:rdv|rendez-? ?vous)\b|\bchacun\b",
    "as_couple": r"\b(?:de|en) couple\b",
    "name_after": r",? (?:(?:called|named|heisst|namens|llamad[oa]|nommee?|chamad[oa]) )?(\[(?:NAME|PERSON)_\d+\])",
    "relative": rf"\b(?:mon|ma|mes|notre|nos) (?:\w+ )?({_RELATIVE})\b",
    "right_after": r"\b(?:juste|tout de suite|directement)? ?(?:apres|a la suite|dans la foulee)\b",
    "same_time": r"\b(?:en meme temps|ensemble|a la meme heure|meme horaire)\b",
    "that_one": r"\b(?:le|la|ca|cela|celui-ci|celui-la|celle-ci)\b|\bl'",
    "same_day": r"\b(?:le meme jour|ce jour-la|meme jour)\b",
    "named": r"(\[(?:NAME|PERSON)_\d+\])",
    "named_relative": rf"\b(?:{_RELATIVE}),? (?:qui s'appelle |nommee? )?((?-i:[A-Z])[\w'’-]+)",
    "bare_name": (
        r"^\W*(?:(?:son nom est|il s'appelle|elle s'appelle|c'est|pour))?\s*((?-i:[A-Z])[\w'’-]+(?: (?:de |du "
        r")?(?-i:[A-Z])[\w'’-]+){0,3})\W*$"
    ),
    "stranger": r"\b(?:dr\.?|docteur|monsieur|madame|m\.|mme)\s+(?-i:[A-Z])[\w'’]+",
    "note": r"\(The patient sent an? [\w ']+, which you can't open\.\)",
    "undo": (
        r"\b(?:annule(?:r|z)? (?:ca|ce changement|la modification|le changement|l'annulation)|revenir en arriere|"
        r"retour en arriere|c'etait une erreur|je me suis trompee?|defai\w*)\b"
    ),
    "waitlist": (
        r"\bliste d'attente\b|\b(?:si|des qu'?) ?(?:une place|un creneau|quelque chose|ca) (?:se )?(?:libere|"
        r"liberait)\b|\b(?:preven|averti|tenez)\w*\b.*\b(?:libere|desistement|place|plus tot)\b|\ben cas de "
        r"desistement\b|\bse libere\b"
    ),
    "emergency": (
        r"\b(?:urgence vitale|urgence(?! dentaire)|samu|ambulance|n'arrive (?:plus|pas) a respirer|respire plus|"
        r"etouffe|inconsciente?|evanouie?|infarctus|avc|saigne (?:beaucoup|abondamment)|suicid\w*|me tuer|mettre "
        r"fin a mes jours)\b"
    ),
    "minutes": (
        r"\b(\d{1,3}) ?(?:min\b|minutes?|mn|')|\b(cinq|dix|quinze|vingt|trente|quarante) (?:min\b|minutes?)|\b(un "
        r"quart d'heure|une demi-heure|une demi heure|une heure)\b"
    ),
}

MINUTES = {
    "cinq": 5,
    "dix": 10,
    "quinze": 15,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "un quart d'heure": 15,
    "une demi-heure": 30,
    "une demi heure": 30,
    "une heure": 60,
}
