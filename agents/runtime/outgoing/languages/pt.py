"""Portuguese, of Portugal and Brazil."""

from agents.runtime.outgoing.wording import Wording

WORDING = Wording(
    code="pt",
    function_words=(
        "o a os as seu sua seus suas é esta estao e com para foi em no na um uma que nao por favor do da ao "
        "se voce lhe ja marcacao consulta nos tem muito obrigado obrigada fica as pode quer mais dia nossa "
        "nosso sera"
    ),
    noun=r"(?:consultas?|marcac(?:ao|oes)|reservas?|horarios?|visitas?|sess(?:ao|oes)|agendamentos?|vagas?|lugar|hora)",
    claims={
        "booked": (
            r"marcad[oa]s?|agendad[oa]s?|reservad[oa]s?|confirmad[oa]s?|registad[oa]s?|registrad[oa]s?|inscrit[oa]s?"
            r"|programad[oa]s?|anotad[oa]s?|garantid[oa]s?|fechad[oa] (?:a|o) (?:sua|seu)|apontad[oa]s?|assegurad[oa]s?"
            r"|(?:marquei|agendei|reservei|confirmei|anotei|registei|registrei|inscrevi)"
            r"|(?:marcamos|agendamos|reservamos) (?:a|o|para)"
            r"|(?:ja )?tem (?:ja |agora )?(?:uma |a sua |sua )?(?:consulta|marcacao|hora marcada)"
            r"|confirmacao d[ae] (?:sua )?(?:consulta|marcacao|reserva)|(?:na|em) (?:nossa )?agenda"
            r"|é (?:sua|seu)(?=[.!,]|$)|vemo-nos entao|ate la|combinad[oa] (?:para|o|a)"
            r"|confirmo (?:a sua|a|que a sua|que) ?(?:\w+ ){0,2}(?:consulta|marcacao|reserva)"
        ),
        "reserved": r"(?:guardad[oa]|separad[oa]|bloquead[oa])s?|guardei|(?:estou a guardar|vou guardando)|separei",
        "moved": (
            r"mudad[oa]s?|alterad[oa]s?|remarcad[oa]s?|reagendad[oa]s?|transferid[oa]s?|adiad[oa]s?|antecipad[oa]s?"
            r"|passad[oa]s? para|movid[oa]s?|trocad[oa]s?"
            r"|(?:mudei|alterei|remarquei|reagendei|transferi|adiei|antecipei|passei|troquei|movi)|passou para"
            r"|mudou para"
            r"|(?:alteracao|mudanca|remarcacao) (?:foi |esta )?(?:feita|confirmada|efetuada|concluida|realizada)"
        ),
        "cancelled": (
            r"cancelad[oa]s?|desmarcad[oa]s?|anulad[oa]s?|eliminad[oa]s?|apagad[oa]s?"
            r"|(?:cancelei|desmarquei|anulei|eliminei|apaguei)"
            r"|cancelamento (?:foi |esta )?(?:confirmado|feito|efetuado|concluido|registado|registrado|realizado|proces"
            r"sado)|ja nao tem (?:a |nenhuma )?(?:consulta|marcacao)|nao tem mais (?:a |nenhuma )?(?:consulta|marcacao)"
            r"|sem efeito|suspens[oa]s?|libertad[oa]s?|liberad[oa]s?"
        ),
        "undone": (
            r"desfeit[oa]s?|desfiz|repost[oa]s?|restabelecid[oa]s?|restaurad[oa]s?|recuperad[oa]s?|revertid[oa]s?"
            r"|reverti|voltou (?:a|para|ao)|esta de (?:volta|pe) (?:outra vez|novamente)|de volta"
            r"|anulei (?:a|o) (?:mudanca|cancelamento|alteracao)"
        ),
        "done": (
            r"(?:ja )?esta (?:tudo )?(?:feit[oa]|pront[oa]|tratad[oa]|resolvid[oa])"
            r"|(?:^|[.!,\s])(?:pronto|feito)(?=\s*(?:[!.:,–-]|$))"
            r"|tudo (?:pronto|certo|tratado|resolvido|feito|em ordem)(?=\s*(?:[!.:,–-]|$| para))|efetuad[oa]s?"
            r"|realizad[oa]s?|concluid[oa]s?|tratei de tudo"
        ),
        "waiting": (
            r"(?:adicionad[oa]|inscrit[oa]|colocad[oa]|pus|coloquei|adicionei) (?:\w+ ){0,2}(?:na|à|a) (?:nossa )?lista"
            r" de espera|esta (?:agora |ja )?na (?:nossa )?lista de espera"
        ),
    },
    claims_with_moment={
        "stands": (
            r"vemo-nos|nos vemos|^\W*ate(?= )|(?:esperamos|espera-lo|espera-la)|ficamos (?:à|a) (?:sua )?espera"
            r"|(?:sua|seu|tua|proxima|suas|a|as) (?:[\w-]+ ){0,2}{noun}(?: (?:de|com|para) [\w.' -]{1,50}?)?,? (?:é|sao"
            r"|sera|esta|estao|fica|ficam|continua|continuam|comeca|mantem-se|agora é|ocorre)"
            r"|tem (?:\w+ ){0,3}(?:consultas?|marcac(?:ao|oes)|sess(?:ao|oes)|horario|visita)|ficou para|fica para"
            r"|(?:sua|seu) [\w' -]{1,40}? (?:é|sera|comeca|fica) (?:n[ao]|às|as|em|para|amanha|dia|segunda|terca|quarta"
            r"|quinta|sexta|sabado)|tenho(?:-o|-a| voce| o senhor| a senhora)? (?:para|n[oa]|as|às)"
            r"|vem (?:n[ao]|amanha)"
        ),
        "moved": r"agora é|nov[oa] (?:consulta|horario|hora|data|marcacao) é|passa para",
    },
    claims_about_it={
        "moved": r"ajustad[oa]s?|atualizad[oa]s?|modificad[oa]s?|corrigid[oa]s?|ajustei|atualizei",
        "cancelled": r"retirad[oa]s?|removid[oa]s?|retirei|removi|tirei",
        "booked": (
            r"colocad[oa]s?|adicionad[oa]s?|coloquei|adicionei|pus|guardad[oa]s?|incluid[oa]s?|organizad[oa]s?|arranjei"
            r"|fiz|feita|combinad[oa]s?|encaixei|consegui|criad[oa]s?|posta?|lancad[oa]s?|fixad[oa]s?"
        ),
    },
    appointment=r"tudo|-l[oa]",
    idioms=(
        r"(?:totalmente |completamente |ja )*(?:lotad[oa]|esgotad[oa]|ocupad[oa]|chei[oa]|preenchid[oa])s?"
        r"|sem problemas?|nao (?:ha|tem) (?:problema|de que)|nao se preocupe|nao hesite em|nao se esqueca|nao so"
        r"|(?:esse|este|essa) (?:horario|hora) (?:ja )?(?:esta|foi|acabou de ser) (?:\w+ ){0,2}(?:reservad|ocupad|marca"
        r"d)[oa](?! para (?:si|voce))|acabou de ser (?:ocupad|reservad|marcad)[oa]|reservad[oa] por (?:outr|algu)\w+"
        r"|como (?:pediu|combinado|pode ver|solicitou)|com certeza|o mais (?:rapido|breve|cedo) possivel"
        r"|nada mais[\w ]{0,20}|ate (?:breve|logo|ja|mais)|horario marcado com antecedencia"
    ),
    lead_ins=(
        r"(?:posso|podemos|tenho o prazer de|temos o prazer de|gostaria de|queria) (?:lhe )?(?:confirmar|informar|dizer"
        r")(?:-lhe|lhe)?(?: de)?(?: que)?(?= (?:a sua|sua|o seu|que|esta|ja|tudo|a|foi)\b)"
        r"|(?:confirmo|informo)(?:-lhe)?(?: que)(?= )"
    ),
    denials=(
        r"nao|nunca|nenhum\w*|nada|ninguem|nem|sem|pode\w*|posso|poderia\w*|podera|sera|serao|seria\w*|deve\w*|quer\w*"
        r"|gostaria\w*|deseja\w*|vai|vou|vamos|vao|para que|ser|estar|ter|queria|quase|falta|pediu|algo|precisa\w*"
    ),
    conditions=(
        r"se(?! (?:encontra|mantem))|quando|assim que|logo que|uma vez que|antes de|ate que|caso|desde que|depois de"
        r"|enquanto|so depois"
    ),
    provisos=r"(?:assim que|quando|se|logo que|depois que) (?:me|nos|voce|disser|confirmar|quiser|aceitar)?|ainda nao",
    offers=(
        r"livres?|disponive\w+|disponibilidade|oferec\w+|opc(?:ao|oes)|possive\w+|poderia\w*|pode\w*|posso|seria\w*"
        r"|serve|servir|conv\w+|propo\w+|sugir\w+|sugest\w+|escolh\w+|prefer\w+|ou"
        r"|proxim[oa]s? (?:horario|vaga|data|livre|dispon|consulta)\w*|horarios?|vagas?|ha|tenho|temos|diga|avise"
        r"|responda|escreva|se|quer|quiser|deseja|gostaria|alternativ\w+|em vez disso|marcar|mudar|confirmar|sera|vou"
        r"|ainda|melhor|dava|da jeito|que tal"
    ),
    wishes=(
        r"(?:pediu|queria|quer|disse|mencionou|escreveu|solicitou|perguntou|prefere|preferia|procura|procurava|pretende"
        r"|indicou|sugeriu|deseja|falou)|(?:seu|o seu) (?:pedido|desejo)|sua (?:mensagem|pergunta|solicitacao)"
        r"|(?:verifico|vejo|procuro|consulto|confiro)|(?:verificar|ver|procurar|consultar|conferir)|entendi\w*"
        r"|percebi\w*|um momento|(?:a|à|nossa) equip[ae]|refere-se|se refere"
    ),
    asks=(
        r"nome|marc\w+|agend\w+|reserv\w+|confirm\w+|mud\w+|alter\w+|remarc\w+|cancel\w+|desmarc\w+|serve|convem"
        r"|correto|certo|bem|bom|qual|quais|prefere|de acordo|ok|pode ser|da jeito|mant\w+|guard\w+"
        r"|quer (?:esse|este|que|essa)|fica bem|funciona|concorda|avanc\w+|parece bem"
    ),
    joins=r"e|mas|por isso|porque|entao|embora|pois|portanto|ou",
    costs=r"custam?|(?:preco|valor|custo|taxa|total) (?:é|sera|de)|cobramos|fica por|sai (?:por|a)|pagar?|sao so",
    free=r"gratis|gratuit[oa]s?|sem (?:custos?|custo)|de graca|nao custa nada",
    is_a=r",? (?:que )?(?:é|sera|cai|calha|era)(?: numa?| n[ao]| uma?| a)? ",
    with_whom=r"com|com a|com o",
    where=(
        r"(?:nosso|o nosso|a nossa|nossa|a) (?:novo |nova )?(?:endereco|morada|clinica|consultorio) (?:é|fica|fica na|e"
        r"sta)(?: na| no| em)?"
        r"|(?:estamos|ficamos|encontramo-nos|nos encontra|encontra-nos)(?: situados| localizados)? (?:na|no|em)"
        r"|(?:morada|endereco):|venha (?:ate )?(?:a|à|ao|para)"
    ),
    numbers={
        "zero": 0,
        "um": 1,
        "dois": 2,
        "tres": 3,
        "quatro": 4,
        "cinco": 5,
        "seis": 6,
        "sete": 7,
        "oito": 8,
        "nove": 9,
        "dez": 10,
        "onze": 11,
        "doze": 12,
        "treze": 13,
        "catorze": 14,
        "quinze": 15,
        "dezasseis": 16,
        "dezassete": 17,
        "dezoito": 18,
        "dezanove": 19,
        "uma": 1,
        "duas": 2,
        "quatorze": 14,
        "dezesseis": 16,
        "dezessete": 17,
        "dezenove": 19,
        "vinte": 20,
        "trinta": 30,
        "quarenta": 40,
        "cinquenta": 50,
        "sessenta": 60,
        "setenta": 70,
        "oitenta": 80,
        "noventa": 90,
        "cem": 100,
        "cento": 100,
        "duzentos": 200,
        "trezentos": 300,
        "quatrocentos": 400,
        "quinhentos": 500,
        "seiscentos": 600,
        "mil": 1000,
    },
)
