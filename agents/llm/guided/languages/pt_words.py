"""Portuguese words, of Portugal and Brazil, by what they mean. Patterns see the text without accents, dates and
times blanked."""

ORDINALS = {
    **dict.fromkeys(("primeira", "primeiro", "um", "uma"), 1),
    **dict.fromkeys(("segunda", "segundo", "dois", "duas"), 2),
    **dict.fromkeys(("terceira", "terceiro", "tres"), 3),
    **dict.fromkeys(("quarta", "quarto", "quatro"), 4),
    **dict.fromkeys(("quinta", "quinto", "cinco"), 5),
    **dict.fromkeys(("sexta", "sexto", "seis"), 6),
    **dict.fromkeys(("ultima", "ultimo", "o mais tarde possivel"), -1),
}

FUNCTION_WORDS = """
eu voce vc voces tu ele ela nos meu minha meus minhas seu sua me te se o a os as um uma uns umas e ou mas nao com de do
da dos das no na nos nas em por pelo pra para que como quando onde quem qual e sao sou estou esta estao to ta tenho tem
ha posso pode podem poderia quero queria gostaria preciso ola oi bom boa dia tarde noite obrigado obrigada favor sim
claro consulta hora horario hoje amanha depois segunda terca quarta quinta sexta sabado domingo feira entao melhor
tambem muito bem perfeito otimo isso esse essa este ja ate logo tchau quanto custa ir vir mudar remarcar desmarcar
cancelar marcar vaga filho filha sessao mesma mesmo beleza certo voce fica ficam meio
vou vamos chego chegar minutos atraso atrasado atrasada
"""

_RELATIVE = (
    r"filho|filha|filhos|filhas|crianca|bebe|esposa|esposo|mulher|marido|companheir[oa]|mae|pai|irma|irmao|amig[oa]|"
    r"avo|"
    r"net[oa]|sobrinh[oa]|prim[oa]|ti[oa]|namorad[oa]|coleg[ao]|menin[oa]|pequen[oa]|sogr[oa]|vo|noiv[oa]|"
    r"garot[oa]|guri|mamae|papai|"
    r"vovo|miud[oa]|enteado|enteada|cunhad[oa]|filhinh[oa]|pequenos|miudos|netos"
)
_ORDINAL = r"primeir[ao]|segund[ao]|terceir[ao]|quart[ao]|quint[ao]|sext[ao]|ultim[ao]"
_GOOD = (
    r"bom|boa|bem|otimo|otima|perfeito|perfeita|ideal|certo|correto|excelente|maravilha|legal|show|fixe|optimo|"
    r"optima|ok"
)
_NAME = r"(?:,? (?:\[\w+\]|(?-i:[A-Z])\w+))?"

PATTERNS = {
    "yes": (
        r"^\W*(?:(?:ah|oh|bom|bem|entao|hum+|obrigad[oa]|otimo|ok)\b[\s,.!]*)*"
        r"(?:sim+|s|ss|ok(?:ay)?|claro|com certeza|certo|isso|isso mesmo|exato|exatamente|exacto|perfeito|perfeita|"
        r"otimo|optimo|beleza|blz|combinado|"
        r"fechado|pode ser|pode|pode sim|pode marcar|pode confirmar|ta bom|ta bem|esta bem|esta bom|ta otimo|ta "
        r"certo|de acordo|confirmo|confirmad[oa]|confirma|"
        r"bora|show|maravilha|excelente|correto|correcto|positivo|por favor|quero|quero sim|serve|serve-me|fica "
        r"otimo|fica bom|legal|fixe|top|aceito|vamos|feito|esta otimo|yes)\b|^\W*[👍✅👌🙏]"
        rf"|\b(?:esta|ta|parece|fica|seria|e|eh) (?:muito |super )?(?:{_GOOD})\b|\b(?:me|nos) (?:serve|convem)\b|"
        rf"\bda (?:sim|certo|pra mim|para mim)\b"
        r"|\b(?:pode|podem) (?:marcar|confirmar|reservar|agendar)\b|\bfico com (?:esse|essa|o|a|este|esta)\b|"
        r"\bsim\b|\bmarca (?:ai|esse|essa)\b|\bclaro que sim\b"
    ),
    "no": (
        r"^\W*(?:(?:ah|oh|hum+|desculpe?|infelizmente)\b[\s,.!]*)*(?:nao+|nem|n|nope|negativo|de jeito nenhum|"
        r"melhor nao|tampouco)\b"
        r"|\bnao (?:me )?(?:serve|da|posso|podemos|consigo|quero|convem|funciona|vai dar|esta certo|e isso|rola|vou "
        r"poder)\b|\bmudei de ideia\b|\berrado\b"
    ),
    "soft_no": (
        r"^\W*(?:espera|espere|um momento|peraí|perai|na verdade|melhor|alias|afinal)\b|\bem vez (?:de|disso)\b|"
        r"\bprefiro\b|\bmelhor\b"
    ),
    "not_really_no": (
        r"^\W*nao,? (?:tem problema|ha problema|faz mal|esta (?:bom|bem|otimo)|se preocupe|ta (?:bom|otimo|certo))"
    ),
    "no_thanks": (
        r"^\W*nao\W*(?:obrigad[oa]|e so isso|e tudo|so isso|mais nada)|\bmais nada\b|\b(?:e )?so isso\b|\be "
        r"tudo\b(?! \w)"
    ),
    "stop": (
        r"^\W*(?:(?:nao|bom|ok|ah|olha|entao|tudo bem|esta bem)[\s,]+)*"
        r"(?:deixa (?:pra la|para la|estar|quieto)?|deixe (?:pra la|para la|"
        r"estar)?|esquece|esqueca|nao (?:precisa|e preciso|e necessario)(?: mais)?|ja nao (?:e preciso|preciso|"
        r"quero)|nao quero mais|para|pare|"
        r"eu ligo|vou ligar|prefiro ligar)(?:[\s,.]+(?:obrigad[oa]|nao|precisa|mais|ja|e|preciso|necessario|depois|"
        r"eu|ligo|la|pra|vou|ligar))*\W*$"
    ),
    "book": (
        r"\b(?:marcar|marcacao|marque|marca|agend\w*|reserv\w*|consultas?|vagas?|disponib\w*|horario(?! de)|"
        r"horarios (?:livres?|disponiveis)|encaixe|encaixar|atendimento|atender|me atendem?|posso ir|quando posso|"
        r"passar ai|"
        r"ver (?:o|a|um|uma) \w+|ir ao|ir a)\b"
    ),
    "another": (
        r"\b(?:outra (?:consulta|marcacao|hora)|mais uma|mais um|outro horario|uma segunda|tambem|alem disso|outra "
        r"para)\b"
    ),
    "move": (
        r"\b(?:remarc\w*|reagend\w*|reprogram\w*|adiar|adiant\w*|antecip\w*|transfer\w*|(?:mud|alter|troc|"
        r"pass)\w*(?: \w+){0,3} (?:consulta|hora|horario|marcacao|sessao|dia|data)|(?:mudar|alterar|passar|trocar|"
        r"jogar) (?:para|pra|a|o|ela|ele))\b"
        r"|\bnao (?:posso|vou poder|consigo|poderei) (?:ir|comparecer|vir)\b|\bda (?:para|pra) (?:mudar|passar|"
        r"trocar|alterar)\b"
    ),
    "cancel": r"\b(?:cancel\w*|desmarc\w*|anul\w*)\b",
    "list": (
        r"\b(?:quando|a que horas?|que dia|qual dia|que horas?) (?:e|eh|era|tenho|seria|que e) (?:a |o )?(?:minha|"
        r"meu|nossa)? ?(?:proxima |proximo )?(?:consulta|sessao|horario|marcacao|hora)"
        r"|\b(?:que|quais) (?:consultas|marcacoes|horarios) (?:tenho|eu tenho)\b|\bminhas (?:proximas "
        r")?(?:consultas|marcacoes)\b|\btenho (?:alguma |ja )?(?:uma )?(?:consulta|marcacao)\b(?=.*\?)|\bminha "
        r"proxima (?:consulta|sessao|marcacao)\b"
    ),
    "person": (
        r"\b(?:falar|conversar|contactar|contatar)\b.*\b(?:pessoa|alguem|humano|atendente|recepcao|recepcionista|"
        r"funcionari[oa]|equipe|equipa|responsavel|gerente|operador\w*)\b"
        r"|\bcom uma? (?:pessoa|humano)\b"
        r"|\b(?:pessoa|humano) (?:real|de verdade)\b|^\W*(?:pessoa|humano|atendente|operador\w*|recepcao)\W*(?:por "
        r"favor)?\W*$|\b(?:quero|preciso de|prefiro|passa para|passe para) uma? (?:pessoa|humano|atendente|operador\w*"
        r"|funcionari[oa])\b"
    ),
    "call_me": r"\b(?:me liguem?|me liga|liguem?-me|podem? me ligar|podem? ligar-me|me pode ligar|"
    r"me podem ligar|me retorn\w+|ligar[- ]me de volta|ligar de volta)\b",
    "results": r"\bresultados?\b|\bminhas analises\b",
    "late": (
        r"\b(?:atrasad[oa]|atraso|atrasar|atrasando|chegar (?:\w+ ){0,4}(?:tarde|atrasad[oa])|(?:minutos|min) "
        r"(?:mais )?tarde|preso no transito|presa no transito|transito|engarrafamento)\b"
    ),
    "complaint": (
        r"\b(?:reclam\w*|queixa\w*|reembols\w*|dinheiro de volta|inaceitavel|absurdo|vergonha|grosseir[oa]|mal[- "
        r"]?educad[oa]|advogad[oa]|processar|decepcionad[oa]|insatisfeit[oa]|cobraram a mais|pessimo)\b"
    ),
    "advice": (
        r"\b(?:devo|posso|tenho que|preciso) (?:\w+ )?(?:tomar|parar de tomar|comer|beber|misturar|ir ao hospital|"
        r"ir as urgencias|me preocupar)\b|\b(?:e|isso e|isto e) (?:normal|grave|perigoso|contagioso)\b|\bo que "
        r"(?:posso|devo) (?:tomar|fazer)\b|"
        r"\befeitos (?:colaterais|secundarios)\b|\bdosagem\b|\bquantos (?:comprimidos|mg)\b|\bdiagnos\w*|\b(?:meus|"
        r"os|dos|minhas) (?:resultados?|analises)\b|\bresultados\b|\batestado\b|\bbaixa medica\b|\breceita\b|\bmeus "
        r"(?:remedios|medicamentos)\b|\bencaminhamento\b"
    ),
    "find": (
        r"\b(?:procuro|procurar|procurando|encontrar|outr[oa]s?|algum[a]?|recomend\w*|suger\w*|opcoes|mais alguem|"
        r"diferente|quero|queria|gostaria|preciso|precisava|queremos|gostariamos|poderia|poderiam|ajud\w*|que tal)\b"
    ),
    "place": r"\b(?:cidade|bairro|zona|regiao|perto|proximo)\b",
    "greet": r"^\W*(?:ola+|oi+|bom dia|boa (?:tarde|noite)|e ai|viva|alo|hey|oie)\b",
    "thanks": r"\b(?:obrigad[oa]|obg|obrigadinh[oa]|brigad[oa]|valeu|vlw|agradec\w*)\b",
    "bye": (
        r"\b(?:tchau|adeus|ate (?:logo|breve|mais|amanha|la)|bom fim de semana|um abraco|abracos|fique bem|"
        r"cumprimentos)\b"
    ),
    "none": (
        r"\bnenhum[a]?\b|\b(?:outr[oa]s? (?:horarios?|horas?|opcoes|opcao|datas?|dias?)|algo (?:diferente|mais)|"
        r"mais (?:opcoes|horarios)|"
        r"(?:mostre|de|envie)(?:-me)? (?:\w+ )?(?:mais|outr[oa]s)|mais algu(?:ns|mas))\b|\bnada disso\b"
    ),
    "any": (
        r"\b(?:qualquer (?:um[a]?|horario|hora)?|tanto faz|e-me indiferente|pra mim tanto faz|o que for|escolha "
        r"(?:voce|voce mesmo)|a que quiser)\b"
    ),
    "number": (
        r"^\W*(?:(?:quero|prefiro|fico com|escolho|pode ser|entao|sim|o|a|me ve)[\s,]+)*(?:numero|opcao|n[o°º]\.?|"
        r"#)?\s*#?"
        r"(\d{1,2}|um|dois|tres|quatro|cinco|seis)\W*(?:por favor|pf|obrigad[oa]|pfv)?\W*$|\b(?:numero|opcao) "
        r"(\d{1,2}|um|uma|dois|tres|quatro|cinco|seis)\b"
    ),
    "ordinal": (
        rf"\b(o mais tarde possivel)\b|\b(?:a|o) ({_ORDINAL})(?: (?:consulta|opcao|hora|horario|delas|deles|da "
        rf"lista)\b|\W*(?:por favor|pf|pfv|"
        rf"obrigad[oa])?\W*$)|^\W*({_ORDINAL})(?: opcao)?\W*(?:por favor|pf)?\W*$"
    ),
    "phone": (
        r"\b(?:telefone(?<!por telefone)|telemovel|celular|(?:seu|vosso|o|de) numero|contato|contacto|ligar para "
        r"(?:voces|ai))\b"
    ),
    "address": (
        r"\b(?:endereco|morada|onde (?:e|fica|ficam|estao|voces|vocês|esta|se)|localiz\w*|como (?:chego|chegar|vou)|"
        r"que rua|codigo postal|cep)\b"
    ),
    "hours": (
        r"\b(?:(?:o|seu|vosso|qual o|qual e o|horarios?) (?:vosso )?(?:horario|de (?:funcionamento|atendimento|"
        r"abertura))|horario de (?:funcionamento|atendimento|abertura)|que horas (?:abrem|fecham|abre|fecha)|"
        r"(?:abrem|fecham|estao abertos|esta aberto|abertos|abre aos?|abre as?))\b"
    ),
    "prices": (
        r"\b(?:quanto (?:custa|e|eh|fica|sai|cobram|tempo|dura|seria)|precos?|valor(?:es)?|custam?|custar|caro"
        r"|tabela)\b"
    ),
    "services": (
        r"\b(?:que (?:servicos|tratamentos)|quais (?:servicos|tratamentos|os servicos)|o que (?:fazem|oferecem|"
        r"voces fazem|voces oferecem)|(?:seus|vossos|os) (?:servicos|tratamentos)|lista de servicos)\b"
    ),
    "offers": r"\b(?:fazem|oferecem|voces (?:fazem|trabalham com|oferecem)|realizam|trabalham com)\b",
    "practitioners": (
        r"\b(?:quem (?:esta (?:livre|disponivel)|trabalha|atende|e (?:o|a) (?:medic[oa]|dentista|terapeuta"
        r"|cabeleireir[oa]|doutor[a]?)|vai me "
        r"atender|me atende)|que (?:medicos|dentistas|terapeutas)|quais (?:os )?(?:medicos|dentistas|terapeutas|"
        r"profissionais)|(?:seus|vossos|os) (?:medicos|dentistas|terapeutas|profissionais))\b"
    ),
    "unpublished": (
        r"\b(?:casas? de banho|banheiros?|elevador|escadas|vestiarios?|balneario|paragem|metro|farmacia|"
        r"avaliacoes|comentarios|estrelas|estacionamento|estacionar|cadeira de rodas|wifi|plano de saude|"
        r"convenio|seguro|cartao|desconto\w*|deposito|sinal|pagar|pagamento|pix|idiomas?|multibanco|mbway|recibo)\b"
    ),
    "please_do": r"\b(?:pode|podes|poderia|podia) (?:me |por favor )?(?:reserv|confirm|agend|marc)\w*\b",
    "asks_first": (
        r"^\W*(?:que|onde|quando|quem|como|qual|quais|por que|porque|tem|posso|podem|poderia|fazem|quanto|sera)\b"
    ),
    "question": r"\?|^\W*(?:onde|quando|quem|qual|quais|por que|tem|posso|podem|poderia|quanto)\b",
    "symptom": (
        r"\b(?:doi|doendo|dor(?:es)?|doente|febre|tosse|sangr\w*|inchad[oa]|inflamad[oa]|partid[oa]|quebr\w*|"
        r"infec\w*|alergia|cabeca|garganta|dentes?|gengivas?|cabelo|pele|costas|joelho|pescoco|ombro|machuc\w*|"
        r"magoei|lesao|problema|mal disposto|gripe|caiu|"
        r"ansios[oa]|ansiedade|depress\w*|deprimid[oa]|panico|estress\w*|nao durmo|insonia|luto|burnout)\b"
    ),
    "praise": r"\b(?:bom|boa|otimo|perfeito|maravilha|excelente|legal|fixe|adoro|adorei|ok|show|top|beleza)\b",
    "for_other": (
        rf"\b(?:para|pra|pro|pros|do|da|de) (?:os? |as? )?(?:meu|minha|meus|minhas|nosso|nossa|um|uma) (?:\w+ "
        rf")?({_RELATIVE})\b|"
        rf"\b(?:meu|minha) ({_RELATIVE}) (?:precisa|quer|tem|gostaria|esta|queria|ta|nao|anda|caiu|se|pode|teve)\b"
    ),
    "also_for": (
        rf"\b(?:tambem|e|e tambem|e outra|outra) (?:uma |outra |um )?(?:consulta |horario )?(?:para|pra|pro) (?:o |a "
        rf")?(?:meu|minha) ({_RELATIVE})\b|\b(?:para|pra|pro) mim e (?:para |pra |pro |o |a )*(?:meu|minha) "
        rf"({_RELATIVE})\b|"
        rf"\b(?:para|pra|pro) (?:o |a )?(?:meu|minha) ({_RELATIVE}) e (?:para |pra )?mim\b"
    ),
    "with_me": (
        rf"\b(?:mim|eu),? e (?:tambem )?(?:outr[oa] |uma? )?(?:(?:para|pra|pro|pros) )?(?:o |a )?(?:meu|minha|"
        rf"nosso|nossa) "
        rf"(?:\w+ )?(?:{_RELATIVE})\b|\b(?:para|pra|pro|pros) mim, (?:(?:para|pra|pro|pros) )?(?:o |a )?(?:meu|"
        rf"minha|nosso|nossa) (?:{_RELATIVE})"
        rf"\b|(?<!para )(?<!pra )(?<!para [oa] )(?<!pra [oa] )(?<!d[oa] )\b(?:meu|minha|nosso|nossa) "
        rf"(?:{_RELATIVE}){_NAME} e eu\b"
        rf"|\b(?:meu|minha|nosso|nossa) (?:{_RELATIVE}){_NAME},? e (?:tambem )?(?:outr[oa] |uma? )?"
        r"(?:(?:para|pra|pro|pros) )?mim\b"
    ),
    "both": (
        r"\b(?:os dois|as duas|nos dois|nos duas|amb[oa]s)\b(?! (?:dias|horarios|horas|tardes|manhas))|"
        r"\bduas (?:consultas|marcacoes)\b"
    ),
    "as_couple": r"\b(?:de|em) casal\b",
    "name_after": r",? (?:(?:called|named|heisst|namens|llamad[oa]|nommee?|chamad[oa]) )?(\[(?:NAME|PERSON)_\d+\])",
    "relative": rf"\b(?:meus?|minhas?|nosso|nossa|nossos) (?:\w+ )?({_RELATIVE})\b",
    "right_after": r"\b(?:logo|imediatamente)? ?(?:depois|a seguir|em seguida|na sequencia)\b",
    "same_time": r"\b(?:ao mesmo tempo|no mesmo horario|a mesma hora|juntos|juntas)\b",
    "that_one": r"\b(?:a|o|essa|esse|isso|ela|ele|esta|este)\b",
    "same_day": r"\b(?:no mesmo dia|nesse dia|mesmo dia)\b",
    "named": r"(\[(?:NAME|PERSON)_\d+\])",
    "named_relative": rf"\b(?:{_RELATIVE}),? (?:que se chama |chamad[oa] )?((?-i:[A-Z])[\w'’-]+)",
    "bare_name": (
        r"^\W*(?:(?:o nome (?:dela|dele) e|chama-se|se chama|e|para))?\s*((?-i:[A-Z])[\w'’-]+(?: (?:(?:de|da|do|"
        r"dos) )?(?-i:[A-Z])[\w'’-]+){0,3})\W*$"
    ),
    "stranger": r"\b(?:dr\.?|dra\.?|doutor|doutora|sr\.?|sra\.?)\s+(?-i:[A-Z])[\w'’]+",
    "note": r"\(The patient sent an? [\w ']+, which you can't open\.\)",
    "undo": (
        r"\b(?:desfazer|desfaz\w*|desfaca|reverter|foi (?:um erro|sem querer|engano)|me enganei|enganei-me|voltar "
        r"atras)\b"
    ),
    "waitlist": (
        r"\blista de espera\b|\b(?:se|quando) (?:abrir|houver|surgir|tiver|aparecer|vagar)\w*(?: "
        r"\w+){0,4}\b(?:antes|vaga|desistencia|cedo)\b|\bavis\w*\b.*\b(?:vaga|antes|desistencia|cedo|abrir)\b|\bse "
        r"(?:abrir|surgir) (?:uma )?vaga\b"
    ),
    "emergency": (
        r"\b(?:emergencia|urgencia(?! dentaria)|ambulancia|samu|inem|nao consigo respirar|inconsciente|desmai\w*|"
        r"infarto|enfarte|avc|sangrando muito|suicid\w*|me matar|matar-me)\b"
    ),
    "minutes": (
        r"\b(\d{1,3}) ?(?:min\b|minutos?|')|\b(cinco|dez|quinze|vinte|trinta|quarenta) (?:min\b|minutos?)|\b(um "
        r"quarto de hora|meia hora|uma hora)\b"
    ),
}

MINUTES = {
    "cinco": 5,
    "dez": 10,
    "quinze": 15,
    "vinte": 20,
    "trinta": 30,
    "quarenta": 40,
    "um quarto de hora": 15,
    "meia hora": 30,
    "uma hora": 60,
}
