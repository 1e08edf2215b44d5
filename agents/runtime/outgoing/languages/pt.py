"""Portuguese, of Portugal and Brazil."""

from agents.runtime.outgoing.wording import Wording

WORDING = Wording(
    code="pt",
    function_words=(
        "segunda terca quarta quinta sexta domingo janeiro fevereiro junho julho outubro novembro dezembro "
        "posso pode quer precisa à às "
        "sempre mas muito ha estou tambem amanha hoje ate essa esse voce ja obrigado obrigada nao uma um com na "
        "no nas nos ao aos dos das sua seu foi esta temos tem "
        "o a os as seu sua seus suas é esta estao e com para foi em no na um uma que nao por favor do da ao "
        "se voce lhe ja marcacao consulta nos tem muito obrigado obrigada fica as pode quer mais dia nossa "
        "nosso sera"
    ),
    noun=(
        r"(?:consultas?|marcac(?:ao|oes)|reservas?|horarios?|visitas?|sess(?:ao|oes)|agendamentos?|vagas?|lugar|hora)"
    ),
    claims={
        "booked": (
            r"marcad[oa]s?|agendad[oa]s?|reservad[oa]s?|confirmad[oa]s?|registad[oa]s?|registrad[oa]s?|inscrit[oa]s?"
            r"|programad[oa]s?|anotad[oa]s?|garantid[oa]s?|fechad[oa] (?:a|o) (?:sua|seu)|apontad[oa]s?"
            r"|assegurad[oa]s?|(?:marquei|agendei|reservei|confirmei|anotei|registei|registrei|inscrevi)|(?:marcamos"
            r"|agendamos|reservamos) (?:a|o|para)|(?:ja )?tem (?:ja |agora )?(?:uma |a sua |sua )?(?:consulta|marcacao"
            r"|hora marcada)|confirmacao d[ae] (?:sua )?(?:consulta|marcacao|reserva)|(?:na|em) (?:nossa )?agenda"
            r"|é (?:sua|seu)(?=[.!,]|$)|vemo-nos entao|ate la|combinad[oa] (?:para|o|a)|confirmo (?:a sua|a|que a sua"
            r"|que) ?(?:\w+ ){0,2}(?:consulta|marcacao|reserva)"
        ),
        "reserved": (r"(?:guardad[oa]|separad[oa]|bloquead[oa])s?|guardei|(?:estou a guardar|vou guardando)|separei"),
        "moved": (
            r"mudad[oa]s?|alterad[oa]s?|remarcad[oa]s?|reagendad[oa]s?|transferid[oa]s?|adiad[oa]s?|antecipad[oa]s?"
            r"|passad[oa]s? para|movid[oa]s?|trocad[oa]s?|(?:mudei|alterei|remarquei|reagendei|transferi|adiei"
            r"|antecipei|troquei|movi)|passou para|mudou para|(?:alteracao|mudanca|remarcacao) (?:foi "
            r"|esta )?(?:feita|confirmada|efetuada|concluida|realizada)"
        ),
        "cancelled": (
            r"ja nao existe|(?:retirad|removid)[oa] da (?:nossa )?agenda|cancelad[oa]s?|desmarcad[oa]s?"
            r"|anulad[oa]s?|eliminad[oa]s?|apagad[oa]s?|(?:cancelei|desmarquei|anulei"
            r"|eliminei|apaguei)|cancelamento (?:foi |esta )?(?:confirmado|feito|efetuado|concluido|registado"
            r"|registrado|realizado|processado)|ja nao tem (?:a |nenhuma )?(?:consulta|marcacao)|nao tem mais (?:a "
            r"|nenhuma )?(?:consulta|marcacao)|sem efeito|suspens[oa]s?|libertad[oa]s?|liberad[oa]s?"
        ),
        "undone": (
            r"desfeit[oa]s?|desfiz|repost[oa]s?|restabelecid[oa]s?|restaurad[oa]s?|recuperad[oa]s?|revertid[oa]s?"
            r"|reverti|voltou (?:a|para|ao)|esta de (?:volta|pe) (?:outra vez|novamente)|de volta|anulei (?:a"
            r"|o) (?:mudanca|cancelamento|alteracao)"
        ),
        "done": (
            r"combinado(?=[:,!.])|(?:ja )?esta (?:tudo )?(?:feit[oa]|pront[oa]|tratad[oa]|resolvid[oa])|(?:^"
            r"|[.!,\s])(?:pronto"
            r"|feito)(?=\s*(?:[!.:,–-]|$))|tudo (?:pronto|certo|tratado|resolvido|feito|em ordem)(?=\s*(?:[!.:,–-]|$"
            r"| para))|efetuad[oa]s?|realizad[oa]s?|concluid[oa]s?|tratei de tudo"
        ),
        "waiting": (
            r"(?:adicionad[oa]|inscrit[oa]|colocad[oa]|pus|coloquei|adicionei) (?:\w+ ){0,2}(?:na|à"
            r"|a) (?:nossa )?lista de espera|esta (?:agora |ja )?na (?:nossa )?lista de espera"
        ),
    },
    claims_with_moment={
        "stands": (
            r"vemo-nos|nos vemos|^\W*ate(?= )|(?:esperamos|espera-lo|espera-la)|ficamos (?:à|a) (?:sua )?espera|(?:sua"
            r"|seu|tua|proxima|suas|a|as) (?:[\w-]+ ){0,2}{noun}(?: (?:de|com|para) [\w.' -]{1,50}?)?,? (?:é|sao|sera"
            r"|esta|estao|fica|ficam|continua|continuam|comeca|mantem-se|agora é|ocorre)"
            r"|tem (?:\w+ ){0,3}(?:consultas?|marcac(?:ao|oes)|sess(?:ao|oes)|horario|visita)|ficou para|fica para"
            r"|(?:sua|seu) [\w' -]{1,40}? (?:é|sera|comeca|fica) (?:n[ao]|às|as|em|para|amanha|dia|segunda|terca"
            r"|quarta|quinta|sexta|sabado)|tenho(?:-o|-a| voce| o senhor| a senhora)? (?:para|n[oa]|as|às)"
            r"|vem (?:n[ao]|amanha)"
        ),
        "moved": r"agora é|nov[oa] (?:consulta|horario|hora|data|marcacao) é|passa para",
    },
    claims_about_it={
        "moved": r"ajustad[oa]s?|atualizad[oa]s?|modificad[oa]s?|corrigid[oa]s?|ajustei|atualizei",
        "cancelled": r"retirad[oa]s?|removid[oa]s?|retirei|removi|tirei",
        "booked": (
            r"colocad[oa]s?|adicionad[oa]s?|coloquei|adicionei|pus|incluid[oa]s?|organizad[oa]s?"
            r"|arranjei|fiz|feita|combinad[oa]s?|encaixei|consegui|criad[oa]s?|posta?|lancad[oa]s?|fixad[oa]s?"
        ),
    },
    appointment=r"tudo|-l[oa]",
    idioms=(
        r"(?:cheg|vem|est)\w* (?:\w+ ){0,3}atrasad[oa]|(?:totalmente |completamente |ja )*(?:lotad[oa]"
        r"|esgotad[oa]|ocupad[oa]|chei[oa]|preenchid[oa])s?"
        r"|sem problemas?|nao (?:ha|tem) (?:problema|de que)|nao se preocupe|nao hesite em|nao se esqueca|nao so"
        r"|(?:esse|este|essa) (?:horario|hora) (?:ja )?(?:esta|foi|acabou de ser) (?:\w+ ){0,2}(?:reservad|ocupad"
        r"|marcad)[oa](?! para (?:si|voce))|acabou de ser (?:ocupad|reservad|marcad)[oa]|reservad[oa] por (?:outr"
        r"|algu)\w+|como (?:pediu|combinado|pode ver|solicitou)|com certeza|o mais (?:rapido|breve|cedo) possivel"
        r"|nada mais[\w ]{0,20}|ate (?:breve|logo|ja|mais)|horario marcado com antecedencia"
    ),
    lead_ins=(
        r"(?:posso|podemos|tenho o prazer de|temos o prazer de|gostaria de|queria) (?:lhe )?(?:confirmar|informar"
        r"|dizer)(?:-lhe|lhe)?(?: de)?(?: que)?(?= (?:a sua|sua|o seu|que|esta|ja|tudo|a|foi)\b)|(?:confirmo"
        r"|informo)(?:-lhe)?(?: que)(?= )"
    ),
    denials=(
        r"nao|nunca|nenhum\w*|nada|ninguem|nem|sem|pode\w*|posso|poderia\w*|podera|sera|serao|seria\w*|deve\w*|quer\w*"
        r"|gostaria\w*|deseja\w*|vai|vou|vamos|vao|para que|ser|estar|ter|queria|quase|falta|pediu|algo|precisa\w*"
    ),
    conditions=(
        r"(?<!-)se(?! (?:encontra|mantem))|quando|assim que|logo que|uma vez que|antes de|ate que|caso|desde que"
        r"|depois de"
        r"|enquanto|so depois"
    ),
    provisos=(
        r"(?:assim que|quando|se|logo que|depois que) (?:me|nos|voce|disser|confirmar|quiser|aceitar)?|ainda nao"
    ),
    offers=(
        r"mais cedo|mais proxim[oa]|livres?|disponive\w+|disponibilidade|oferec\w+|opc(?:ao|oes)|possive\w+"
        r"|poderia\w*|pode\w*|posso|seria\w*"
        r"|serve|servir|conv\w+|propo\w+|sugir\w+|sugest\w+|escolh\w+|prefer\w+|ou|proxim[oa]s? (?:horario|vaga|data"
        r"|livre|dispon|consulta)\w*|horarios?|vagas?|ha|tenho|temos|diga|avise|responda|escreva|se|quer|quiser|deseja"
        r"|gostaria|alternativ\w+|em vez disso|marcar|mudar|confirmar|sera|vou|ainda|melhor|dava|da jeito|que tal"
    ),
    wishes=(
        r"(?:pediu|queria|quer|disse|mencionou|escreveu|solicitou|perguntou|prefere|preferia|procura|procurava"
        r"|pretende|indicou|sugeriu|deseja|falou)|(?:seu|o seu) (?:pedido|desejo)|sua (?:mensagem|pergunta"
        r"|solicitacao)|(?:verifico|vejo|procuro|consulto|confiro)|(?:verificar|ver|procurar|consultar|conferir)"
        r"|entendi\w*|percebi\w*|um momento|(?:a|à|nossa) equip[ae]|refere-se|se refere"
    ),
    asks=(
        r"nome|marc\w+|agend\w+|reserv\w+|confirm\w+|mud\w+|alter\w+|remarc\w+|cancel\w+|desmarc\w+|serve|convem"
        r"|correto|certo|bem|bom|qual|quais|prefere|de acordo|ok|pode ser|da jeito|mant\w+|guard\w+|quer (?:esse|este"
        r"|que|essa)|fica bem|funciona|concorda|avanc\w+|parece bem"
    ),
    joins=r"e|mas|por isso|porque|entao|embora|pois|portanto|ou",
    costs=(r"custam?|(?:preco|valor|custo|taxa|total) (?:é|sera|de)|cobramos|fica por|sai (?:por|a)|pagar?|sao so"),
    free=r"gratis|gratuit[oa]s?|gratuitamente|sem (?:custos?|custo)|de graca|nao custa nada",
    is_a=r",? (?:que )?(?:é|sera|cai|calha|era)(?: numa?| n[ao]| uma?| a)? ",
    with_whom=r"com|com a|com o",
    where=(
        r"(?:nosso|o nosso|a nossa|nossa|a) (?:novo |nova )?(?:endereco|morada|clinica|consultorio) (?:é|fica|fica na"
        r"|esta)(?: na| no| em)?|(?:estamos|ficamos|encontramo-nos|nos encontra|encontra-nos)(?: situados"
        r"| localizados)? (?:na|no|em)|(?:morada|endereco):|venha (?:ate )?(?:a|à|ao|para)"
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
