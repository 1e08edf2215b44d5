"""French."""

from agents.runtime.outgoing.wording import Wording

WORDING = Wording(
    code="fr",
    function_words=(
        "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier juin juillet octobre novembre decembre "
        "toujours mais tres aussi demain aujourd'hui cette ce et deja merci je nous est une avec dans chez "
        "c'est j'ai on votre vos il elle sont etes avez "
        "le la les votre vos est sont et à de avec pour vous nous il je j'ai un une du au des ce cette dans "
        "sur ne pas que qui rendez-vous bien en a ete c'est si ou merci bonjour mon ma mes on etes avez ai"
    ),
    noun=(r"(?:rendez-vous|rdv|reservations?|creneaux?|visites?|seances?|consultations?|place|horaires?)"),
    claims={
        "booked": (
            r"reservation (?:est |a ete |a )?(?:bien )?(?:passee?|faite|effectuee|aboutie?)|reservee?s?"
            r"|prise?s? (?:en compte|pour)|(?:rendez-vous|rdv) (?:est |a ete |a bien ete |bien )*pris"
            r"|planifiee?s?|programmee?s?|fixee?s?|inscrite?s?|notee?s?(?= (?:votre|le|un|pour|ce|dans))|confirmee?s?"
            r"|enregistree?s?|agendee?s?|cale(?:e?s?)?|validee?s?|confirmation (?:de|du) (?:votre |la )?(?:rendez-vous"
            r"|rdv|reservation)|vous avez (?:bien |deja |maintenant |desormais )*(?:un |votre |le )?(?:rendez-vous"
            r"|rdv)|(?:je|nous) (?:vous )?confirm(?:e|ons) (?:votre|le|que|bien|ce) ?(?:\w+ ){0,3}(?:rendez-vous|rdv"
            r"|reservation)|dans (?:l'|notre |votre )(?:agenda|planning)|est (?:a|à) vous|vous est attribuee?"
            r"|on se voit alors|mise? (?:dans|a) (?:l'agenda|le planning)|bookee?|bloque pour vous|acquis"
            r"|assuree?(?= pour)"
        ),
        "reserved": (
            r"gardee?s? (?:\w+ ){0,3}pour vous|(?:bloquee?|mise? de cote|retenue?)s?|je vous (?:garde|bloque|retiens)"
        ),
        "moved": (
            r"deplacee?s?|reportee?s?|decalee?s?|avancee?s?|changee?s?(?! d'adresse)|modifiee?s?|reprogrammee?s?"
            r"|repoussee?s?|replanifiee?s?|transferee?s?|(?:changement|report) (?:est |a ete )?(?:effectue|fait"
            r"|confirme|enregistre)"
        ),
        "cancelled": (
            r"n'existe plus|(?:retire|enleve|supprime)e? de (?:l'|notre )agenda|annulee?s?|supprimee?s?"
            r"|annulation (?:est |a ete |a bien ete )?(?:confirmee|effectuee|faite|enregistree"
            r"|prise en compte)|decommandee?s?|n'a(?:ura)? (?:pas|plus) lieu|retiree?s?(?= d)|vous n'avez plus (?:de"
            r"|aucun|votre) (?:rendez-vous|rdv)|liberee?s?|desinscrite?s?|(?:efface|raye)e?s?"
        ),
        "undone": (
            r"retablie?s?|restauree?s?|remise? (?:en place|comme avant)|(?:est|sont) de nouveau|annule (?:le"
            r"|votre) (?:changement|report|annulation)|revenue?s? (?:au|a|en arriere)|defaite?|reactivee?s?"
        ),
        "done": (
            r"marche conclu|c'est (?:fait|bon|regle|note|ok|parti|tout bon)|(?:^|[.!,\s])(?:fait"
            r"|voila)(?=\s*(?:[!.:,–-]|$))"
            r"|tout est (?:pret|regle|en ordre|fait|arrange|bon)|effectuee?s?|c'est arrange|termine"
        ),
        "waiting": (
            r"(?:inscrite?|ajoutee?|mise?) (?:\w+ )?(?:sur|a) (?:la|notre) liste d'attente|etes (?:bien |maintenant "
            r"|desormais )*(?:inscrite? )?sur (?:la|notre) liste d'attente"
        ),
    },
    claims_with_moment={
        "stands": (
            r"vous (?:passez|venez|revenez)|on se voit|(?:je |nous |on )?vous (?:attend\w*|verr\w*|voy\w*"
            r"|accueill\w*|recev\w*|retrouv\w*)"
            r"|au plaisir de vous (?:voir|accueillir|recevoir)|hate de vous voir|^\s*(?:a|à|au)(?= (?:lundi|mardi"
            r"|mercredi|jeudi|vendredi|samedi|dimanche|demain|\d))|rendez-vous(?= (?:le |lundi|mardi|mercredi|jeudi"
            r"|vendredi|samedi|dimanche|demain|à \d|a \d))|(?:votre|vos|le|prochain"
            r"|les) (?:[\w-]+ ){0,3}{noun}(?: [«»\w.' -]{1,50}?)? (?:est|sont|reste|restent|aura lieu|commence|debute"
            r"|tombe|est maintenu|demeure)|vous avez (?:\w+ ){0,3}(?:rendez-vous|rdv|consultation|seance)"
            r"|(?:votre) [«»\w.' -]{1,40}? (?:est|aura lieu|commence|reste)(?! (?:libre|possible|disponible))"
            r"|vous (?:venez|passez|voyez|etes attendue?)|c'est (?:le|pour|à|a|bien)|je vous ai (?:mise?|note|cale"
            r"|place|inscrite?)|ce sera (?:le|à)"
        ),
        "moved": (
            r"est (?:maintenant|desormais|dorenavant)|nouve(?:l|au|lle) (?:rendez-vous|horaire|date|creneau) est"
            r"|passe (?:au|a|à)"
        ),
    },
    claims_about_it={
        "moved": r"ajustee?s?|mise?s? a jour|corrigee?s?|passee?s? (?:au|a|à)",
        "cancelled": r"enlevee?s?|retiree?s?",
        "booked": (
            r"ajoutee?s?|notee?s?|prise?s?|mise?s?|arrangee?s?|organisee?s?|faite?s?|obtenue?s?|trouve pour vous"
            r"|placee?s?|cree?e?s?|attribuee?s?|convenue?s?"
        ),
    },
    appointment=r"tout",
    idioms=(
        r"(?:entierement |deja |malheureusement )*(?:complet|complete|complets|occupee?s?)|pas de (?:souci|probleme"
        r"|quoi)|aucun (?:souci|probleme)|sans (?:souci|probleme)|n'hesitez pas|ne vous inquietez pas|n'oubliez pas"
        r"|pas seulement|(?:ce|cet|le) (?:creneau|horaire) (?:est|a ete|vient d'etre) (?:\w+ ){0,3}(?:prise?|reserve"
        r"|occupe)(?! pour vous)|reserve par (?:un autre|quelqu'un)\w*|vient d'etre (?:pris|reserve)e?"
        r"|comme (?:convenu|demande|vous le (?:voyez|souhaitiez|vouliez))|bien sur|des que possible|tout de suite"
        r"|rien d'autre[\w ]{0,20}|a bientot|en avance"
    ),
    lead_ins=(
        r"(?:je|nous) (?:peux|pouvons|suis (?:heureux|heureuse|ravie?) de) (?:bien )?vous (?:confirmer|informer|dire"
        r"|annoncer)(?: que)?(?= (?:votre|que|vous|le|tout|c'est|il)\b)|j'ai le plaisir de vous (?:confirmer|informer"
        r"|annoncer)(?: que)?|je vous (?:confirme|informe)(?: bien)? que"
    ),
    denials=(
        r"ne|n'\w+|pas|jamais|aucune?|rien|personne|ni|sans|peu[xt]|peuvent|pouvez|pouvons|pourr\w+|sera|seront"
        r"|serai\w*|dois|doit|devez|devr\w+|veu[xt]|voulez|voudr\w+|souhait\w+|aimeri\w+|vais|va|allons|etre|avoir"
        r"|pour que|afin de|fau[td]\w*|presque|avant de|en train de|demande|quelque chose|reste a|pour"
    ),
    conditions=(
        r"si|s'il\w*|d[eè]s qu\w*|une fois(?! de plus)|lorsqu\w*|quand|avant|jusqu'\w+|à moins|a condition|pourvu que"
        r"|au cas ou"
    ),
    provisos=(r"(?:des que|si|quand|lorsque|une fois que|seulement) (?:vous|je|nous|c'est)?|seulement si|pas encore"),
    offers=(
        r"libres?|disponib\w+|propos\w+|offr\w+|possib\w+|pourr\w+|peu[xt]|pouvez|pouvons|convi\w+|conven\w+|irait|va"
        r"|suggere\w*|choisi\w+|prefer\w+|ou|proches?|prochains? (?:horaire|creneau|rendez-vous|dispo|libre|moment)\w*"
        r"|creneaux?|horaires?|il y a|il reste|j'ai|nous avons|dites-moi|repondez|ecrivez|si|souhaitez|voulez|aimeriez"
        r"|alternativ\w+|plutot|reserver|deplacer|confirmer|serait|sera|vais|encore|au choix|le matin|sinon"
    ),
    wishes=(
        r"vous (?:avez demande|vouliez|souhaitez|souhaitiez|disiez|avez dit|avez ecrit|demandiez|cherchez|preferez"
        r"|avez mentionne|desirez|parliez|aimeriez|avez propose)|votre (?:demande|souhait|message|question)|(?:je"
        r"|nous) (?:regard\w+|verifi\w+|cherch\w+|consult\w+|not\w+)|regarder|verifier|chercher|compris|un (?:instant"
        r"|moment)|l'equipe|vous parlez"
    ),
    asks=(
        r"nom|reserv\w+|confirm\w+|deplac\w+|chang\w+|annul\w+|convi\w+|va|vont|correct|bien|lequel|laquelle|lesquels"
        r"|quel\w*|prefer\w+|d'accord|ok|bon|garde\w*|note|prend\w*|souhaitez-vous (?:le|que|ce|celui)|ca marche"
        r"|valide\w*|irait|arrange|inscri\w+|maintien\w*|voulez-vous (?:le|que|ce|celui)|bloque\w*"
    ),
    joins=r"et|mais|donc|car|parce que|alors|puis|ou",
    costs=(r"coutent?|(?:prix|tarif|cout|montant|total) (?:est|sera|s'eleve à|de)|facture\w*|revient à|payer"),
    free=r"gratuite?s?|gratuitement|sans frais|ne coute rien|offerte?s?",
    is_a=r",? (?:qui )?(?:est|tombe|sera|etait)(?: un)? ",
    with_whom=r"avec|chez|aupres de",
    where=(
        r"(?:notre|l') ?(?:nouvelle )?(?:adresse|cabinet|salon) (?:est|se trouve|se situe)(?: au| a| à| dans)?"
        r"|(?:nous sommes|on est|nous nous trouvons|vous nous (?:trouverez|trouvez)"
        r"|retrouvez-nous)(?: situee?s)? (?:au|a|à"
        r"|dans|rue|sur)|adresse ?:|venez (?:au|a|à)"
    ),
    numbers={
        "zero": 0,
        "un": 1,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
        "dix": 10,
        "onze": 11,
        "douze": 12,
        "treize": 13,
        "quatorze": 14,
        "quinze": 15,
        "seize": 16,
        "une": 1,
        "vingt": 20,
        "vingts": 20,
        "trente": 30,
        "quarante": 40,
        "cinquante": 50,
        "soixante": 60,
        "septante": 70,
        "huitante": 80,
        "octante": 80,
        "nonante": 90,
        "cent": 100,
        "cents": 100,
        "mille": 1000,
    },
)
