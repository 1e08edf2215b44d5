"""Spanish words by what they mean. Patterns see the text without accents, its dates and times blanked."""

ORDINALS = {
    **dict.fromkeys(("primera", "primero", "primer", "uno", "una"), 1),
    **dict.fromkeys(("segunda", "segundo", "dos"), 2),
    **dict.fromkeys(("tercera", "tercero", "tercer", "tres"), 3),
    **dict.fromkeys(("cuarta", "cuarto", "cuatro"), 4),
    **dict.fromkeys(("quinta", "quinto", "cinco"), 5),
    **dict.fromkeys(("sexta", "sexto", "seis"), 6),
    **dict.fromkeys(("ultima", "ultimo", "lo mas tarde posible"), -1),
}

FUNCTION_WORDS = """
yo tu usted el ella nosotros ustedes mi mis me te se nos su sus la los las un una unos unas y o pero no con de del al
a en por para que como cuando donde quien cual es son soy estoy esta estan tengo tiene tienen teneis hay puedo puede
pueden podria podrian quiero quisiera queria querria necesito gustaria hola buenas buenos dias tardes noches gracias
favor porfa si vale claro cita citas hora hoy manana pasado lunes martes miercoles jueves viernes sabado domingo
entonces mejor tambien muy bien perfecto genial ese esa eso este esta ya aun despues antes hasta luego adios cuanto
cuesta ir venir cambiar cancelar reservar pedir hueco llamo hijo hija
tarde dia consulta horario segunda quinta sexta marcar o e dos mas sesion voy vamos llego llegar llegare minutos retraso
"""

_RELATIVE = (
    r"hijo|hija|hijos|hijas|nino|nina|bebe|esposa|esposo|mujer|marido|pareja|madre|mama|padre|papa|hermano|hermana|"
    r"amigo|amiga|abuela|abuelo|nieto|nieta|sobrino|sobrina|primo|prima|tio|tia|novio|novia|companer[oa]|peque|"
    r"suegr[oa]|prometid[oa]|nene|nena|chiquill[oa]|vieja|viejo|mami|papi|hijit[oa]s?|esposit[oa]|cunad[oa]|"
    r"peques|niet[oa]s|nin[oa]s"
)
_ORDINAL = r"primer[ao]?|segund[ao]|tercer[ao]?|cuart[ao]|quint[ao]|sext[ao]|ultim[ao]"
_GOOD = (
    r"bien|perfecto|genial|estupendo|ideal|correcto|buenisimo|fenomenal|excelente|vale|ok|okay|bueno|maravilla|"
    r"fantastico"
)
_NAME = r"(?:,? (?:\[\w+\]|(?-i:[A-Z])\w+))?"

PATTERNS = {
    "yes": (
        r"^\W*(?:(?:ah|oh|pues|bueno|uy|mm+|gracias|genial|vale|ok)\b[\s,.!]*)*"
        r"(?:si+p?|sii+|vale|ok(?:ay|i|is)?|claro|por supuesto|perfecto|genial|correcto|exacto|exactamente|de "
        r"acuerdo|desde luego|"
        r"dale|listo|eso es|asi es|venga|bien|muy bien|esta bien|estupendo|fenomenal|confirmo|confirmad[oa]|"
        r"confirme\w*|adelante|"
        r"hecho|va|sale|buenisimo|por favor|ideal|me va bien|me viene bien|me sirve|excelente|seguro|encantad[oa]|"
        r"obvio|sipi|yes)\b|^\W*[👍✅👌🙏]"
        rf"|\b(?:me|nos) (?:va|viene|parece|queda|cuadra|encaja|vale) ?(?:muy |super |de )?(?:{_GOOD}|lujo)?\b(?<!no "
        rf"me va)"
        rf"|\b(?:esta|suena|seria|es) (?:muy |super )?(?:{_GOOD})\b|\b(?:reserve|reservelo|reservela|apunteme|"
        rf"apuntame|anoteme|agendelo|agendeme|resérvalo|reservalo|reservala) ?\W*$"
        r"|\bsi,? (?:por favor|gracias|claro|perfecto)\b|\bme (?:la|lo) quedo\b|\b(?:cojo|tomo|agarro|elijo) (?:esa|"
        r"ese|la|el)\b|\bclaro que si\b"
    ),
    "no": (
        r"^\W*(?:(?:ah|oh|pues|uy|mm+|perdon|lo siento)\b[\s,.!]*)*(?:no+|nop|nel|tampoco|negativo|para nada|mejor "
        r"no)\b"
        r"|\bno (?:me|nos) (?:va|viene|sirve|queda|cuadra|encaja|conviene|vale)\b|\bno (?:puedo|podemos|podre)\b|"
        r"\bno (?:es|esta) (?:correcto|bien|asi)\b"
        r"|\bno (?:quiero|queremos)\b|\bcambie de (?:idea|opinion)\b|\bincorrecto\b"
    ),
    "soft_no": (
        r"^\W*(?:espera|espere|un momento|perdon|en realidad|mejor|mas bien)\b|\ben (?:vez|lugar) de\b|\bprefiero\b|"
        r"\bmejor\b"
    ),
    "not_really_no": r"^\W*no,? (?:hay problema|pasa nada|esta bien|te preocupes|se preocupe|perfecto)",
    "no_thanks": r"^\W*no\W*(?:gracias|muchas gracias|eso es todo|nada mas)|\bnada mas\b|\beso (?:es|seria|era) todo\b",
    "stop": (
        r"^\W*(?:(?:no|bueno|ok|vale|ah|pues|entonces)[\s,]+)*"
        r"(?:nada|dejalo|dejelo|dejemoslo|olvidalo|olvidelo|da igual|no importa|ya "
        r"no (?:hace falta|es necesario|lo necesito|quiero)|"
        r"para|pare|nada dejalo|mejor llamo|llamare)(?:[\s,.]+(?:gracias|ya|no|hace|falta|es|necesario|mejor|llamo|"
        r"despues|luego|lo|necesito|dejelo|dejalo))*\W*$"
    ),
    "book": (
        r"\b(?:citas?|reserv\w*|agend\w*|turno|hora (?:con|para)|huecos?|disponib\w*|apunt(?:ar|eme|ame|arme)|"
        r"programar|concertar|visita|consulta|"
        r"pedir (?:hora|cita)|coger (?:hora|cita)|sacar (?:hora|cita|turno)|ver (?:al|a la|a un|a una) \w+|pueden? "
        r"(?:ver|atender)(?:me|nos)?|(?:me|nos) (?:pueden?|podrian?) (?:ver|atender)|"
        r"ir a(?:l| la)|pasarme|pasar por|venir|horas? libres?)\b"
    ),
    "another": r"\b(?:otra cita|otro turno|una cita mas|otra (?:hora|reserva)|una segunda|tambien|ademas|otra para)\b",
    "move": (
        r"\b(?:(?:cambi|mov|pas|mud|traslad|atras|adelant|pospon|aplaz|reprogram|reagend)\w*(?: \w+){0,3} (?:cita|"
        r"hora|turno|reserva|visita|sesion|consulta|dia)|"
        r"cambiar(?:la|lo)|mover(?:la|lo)|moverl[ao]|pasarl[ao]|reprogram\w*|reagend\w*|posponer\w*|aplazar\w*|"
        r"atrasar\w*|adelantar\w*|lo podemos (?:pasar|cambiar|mover)|la podemos (?:pasar|cambiar|mover)|cambiar la|"
        r"(?:puede|puedes|podemos|podria|podriamos) (?:cambiar|mover|pasar)(?:la|lo)?)\b"
        r"|\bno (?:puedo|podre|podemos|voy a poder) (?:ir|asistir|venir|llegar|acudir)\b"
    ),
    "cancel": r"\b(?:cancel\w*|anul\w*|dar de baja|borrar (?:la|mi) cita)\b",
    "list": (
        r"\b(?:cuando|a que hora|que dia) (?:es|era|tengo|seria|tenia) (?:mi|la|el|nuestra|mi proxima)? ?(?:proxima "
        r"|proximo |siguiente )?(?:cita|turno|sesion|visita|consulta|reserva|hora)"
        r"|\b(?:que|cuales) citas? (?:tengo|son)\b|\bmis (?:proximas )?citas\b|\btengo (?:alguna |ya )?(?:una "
        r")?cita\b(?=.*\?)|\bmi proxima (?:cita|sesion|visita|consulta)\b"
    ),
    "person": (
        r"\b(?:hablar|chatear|comunicar\w*|contactar|platicar|atienda)\b.*\b(?:persona|alguien|humano|recepcion\w*|"
        r"agente|operador\w*|encargad[oa]|equipo|responsable|secretari[ao])\b"
        r"|\bcon una? (?:persona|humano)\b"
        r"|\b(?:persona|humano) (?:real|de verdad)\b|^\W*(?:persona|humano|agente|operador\w*|recepcion)\W*(?:por "
        r"favor)?\W*$|\bme llame alguien\b|\b(?:quiero|necesito|prefiero|deme|dame|paseme|pasame) (?:a |con )?una? "
        r"(?:persona|humano|operador\w*|agente)\b"
    ),
    "call_me": r"\b(?:llamenme|llamame|que me llamen|me pueden? llamar|puede llamarme|pueden llamarme|podeis "
    r"llamarme|me podeis llamar|me podrian? llamar|podrian? llamarme|me llama alguien|me devuelvan la llamada)\b",
    "results": r"\bresultados?\b",
    "late": (
        r"\b(?:llego|llegare|llegamos|voy a llegar|llegando|voy|ire) (?:\w+ ){0,4}(?:tarde|retrasad[oa]|con "
        r"retraso)\b|\bllegar(?:e)? (?:\w+ ){0,4}tarde\b|\b(?:atasco|trafico|trancon|retraso|me retras\w*|"
        r"demorad[oa]|me demoro)\b"
    ),
    "complaint": (
        r"\b(?:queja\w*|reclam\w*|devoluc\w*|devuelvan|inaceptable|vergonzoso|verguenza|grosero|maleducad\w*|"
        r"abogado|denuncia\w*|decepcionad[oa]|descontent[oa]|cobrado de mas|pesimo)\b"
    ),
    "advice": (
        r"\b(?:debo|deberia|puedo|tengo que) (?:\w+ )?(?:tomar|dejar de tomar|comer|beber|mezclar|ir a urgencias|"
        r"preocuparme)\b|\bes (?:normal|grave|peligroso|contagioso)\b|\bque (?:puedo|debo) (?:tomar|hacer)\b|"
        r"\befectos secundarios\b|\bdosis\b|\bcuant[oa]s (?:pastillas|mg)\b|\bdiagnos\w*|\b(?:mis|los|las|del?|"
        r"salieron) (?:\w+ )?(?:resultados?|analiticas?)\b|\bresultados\b|\bvolante\b|\bbaja (?:medica|laboral)\b|"
        r"\breceta\b|\bmi medicacion\b|\bmis pastillas\b|\bjustificante\b"
    ),
    "find": (
        r"\b(?:busco|buscar|encontrar|otr[oa]s?|algun[oa]?|recomi\w*|recomend\w*|sugier\w*|opciones|alguien mas|"
        r"algo mas|diferente|quiero|quisiera|queria|querria|necesito|me gustaria|quieren|queremos|nos gustaria|"
        r"podria|podrian|ayuda\w*|que tal)\b"
    ),
    "place": r"\b(?:ciudad|barrio|zona|cerca|alrededores)\b",
    "greet": r"^\W*(?:hola+|buenas|buenos dias|buen dia|buenas (?:tardes|noches)|que tal|saludos|ey|hey)\b",
    "thanks": r"\b(?:gracias|graciass+|muchas gracias|mil gracias|muy amable|te lo agradezco|agradecid[oa])\b",
    "bye": (
        r"\b(?:adios|chao|chau|hasta (?:luego|pronto|manana|entonces|el)|nos vemos|que (?:tenga|tengas|tengan) "
        r"(?:un )?buen|buen fin de semana|un saludo|saludos cordiales)\b"
    ),
    "none": (
        r"\bningun[oa]?\b|\b(?:otra[s]? (?:horas?|opcion\w*|fechas?|dias?)|otro[s]? (?:dias?|horarios?|momentos?)|"
        r"algo (?:diferente|distinto)|mas (?:opciones|horas|horarios)|"
        r"(?:muestreme|ensename|enseneme|deme) (?:\w+ )?(?:mas|otr[oa]s)|algun[oa]s? mas)\b|\bnada de eso\b"
    ),
    "any": (
        r"\b(?:cualquiera|el que sea|la que sea|me da igual|da lo mismo|me es igual|como quiera|indiferente|elija "
        r"usted|el que quiera)\b"
    ),
    "number": (
        r"^\W*(?:(?:quiero|tomo|cojo|prefiero|elijo|mejor|dame|deme|pues|si|la|el|me quedo con)[\s,]+)*(?:numero|"
        r"opcion|n[o°º]\.?|#)?\s*#?"
        r"(\d{1,2}|uno|dos|tres|cuatro|cinco|seis)\W*(?:por favor|porfa|gracias)?\W*$|\b(?:numero|opcion) (\d{1,2}|"
        r"uno|dos|tres|cuatro|cinco|seis|una)\b"
    ),
    "ordinal": (
        rf"\b(lo mas tarde posible)\b|\b(?:la|el|lo) ({_ORDINAL})(?: (?:cita|opcion|hora|de ellas|de la lista)\b"
        rf"|\W*(?:por favor|porfa|"
        rf"gracias)?\W*$)|^\W*({_ORDINAL})(?: opcion| cita)?\W*(?:por favor|porfa)?\W*$"
    ),
    "phone": (
        r"\b(?:telefono|numero (?:de (?:telefono|contacto)|vuestro|suyo)|(?:su|vuestro|el|tu) numero|movil|celular|"
        r"llamarlos|llamarles|llamaros|contacto)\b"
    ),
    "address": (
        r"\b(?:direccion|donde (?:estan?|estais|queda|quedan|se encuentran?|es|os encontrais|esta)|ubicacion|"
        r"ubicad[oa]s?|como llego|como llegar|calle|codigo postal)\b"
    ),
    "hours": (
        r"\b(?:horarios?(?! (?:libres?|disponibles?))|a que hora (?:abren|cierran|abris|cerrais|abre|cierra)|"
        r"(?:abren|cierran|abris|cerrais|estan abiertos|esta abierto|estais abiertos|abre|cierra)|horas de "
        r"apertura)\b"
    ),
    "prices": (
        r"\b(?:cuanto (?:cuesta|vale|es|cobran|sale|dura|sería|seria)|precios?|costar\w*|costaria|coste|costo"
        r"|tarifas?|cuestan?|caro|"
        r"cuanto tiempo)\b"
    ),
    "services": (
        r"\b(?:que (?:servicios|tratamientos)|servicios que|que (?:ofrecen|ofreceis|hacen|haceis)|(?:sus|vuestros|"
        r"los) (?:servicios|tratamientos)|lista de servicios)\b"
    ),
    "offers": r"\b(?:hacen|haceis|ofrecen|ofreceis|tienen servicio|trabajan con|realizan)\b",
    "practitioners": (
        r"\b(?:quien (?:esta (?:libre|disponible)|trabaja|atiende|es (?:el|la) (?:doctor\w*|medic[oa]|dentista"
        r"|terapeuta|peluquer[oa])|me "
        r"(?:atiende|va a atender|veria))|que (?:doctores|medicos|dentistas|terapeutas|peluqueros)|(?:sus|vuestros|"
        r"los) (?:doctores|medicos|dentistas|terapeutas|profesionales))\b"
    ),
    "unpublished": (
        r"\b(?:banos?|aseos?|lavabos?|ascensor|escaleras|vestuarios?|parada|metro|farmacia|"
        r"opiniones|resenas|valoracion\w*|estrellas|parking|aparcamiento|estacionamiento|aparcar|silla de "
        r"ruedas|wifi|seguro|aseguradora|mutua|tarjeta|descuento\w*|deposito|anticipo|pagar|pago|idiomas?|bono)\b"
    ),
    "please_do": r"\b(?:puede|puedes|podria|podrias) (?:reserv|confirm|agend|apunt|anot)\w*\b",
    "asks_first": (
        r"^\W*(?:que|donde|cuando|quien|como|cual|por que|es|son|esta|estan|hay|tienen|teneis|puedo|pueden|podria|"
        r"hacen|haceis|cuanto)\b"
    ),
    "question": r"[?¿]|^\W*(?:que|donde|cuando|quien|como|cual|por que|hay|tienen|teneis|puedo|pueden|podria|cuanto)\b",
    "symptom": (
        r"\b(?:duele\w*|dolor\w*|enferm[oa]|fiebre|tos|sangr\w*|hinchad[oa]|inflamad[oa]|rot[oa]|infecc\w*|"
        r"sarpullido|cabeza|garganta|diente|muela|encias?|pelo|piel|espalda|rodilla|cuello|hombro|lesion\w*|"
        r"lesionado|contractura|problema|me encuentro mal|resfriad[oa]|"
        r"ansiedad|ansios[oa]|depre\w*|panico|estres\w*|no duermo|duelo|insomnio|agobiad[oa]|no me encuentro bien)\b"
    ),
    "praise": (
        r"\b(?:bien|genial|perfecto|estupendo|fantastico|maravilloso|encanta|bueno|buenisimo|ok|vale|guay|"
        r"excelente)\b"
    ),
    "for_other": (
        rf"\b(?:para|pa|de|a) (?:mi|mis|nuestr[oa]|el|la|un|una) (?:\w+ )?({_RELATIVE})\b|\bmi ({_RELATIVE}) "
        rf"(?:necesita|quiere|tiene|quisiera|le duele|debe|esta|no|se ha|se le|lleva|ha|anda|tose|vomita|puede)\b"
    ),
    "also_for": (
        rf"\b(?:tambien|y|y tambien|y otra|otra) (?:una |otra |otro )?(?:cita )?para (?:mi|mis|nuestr[oa]) "
        rf"({_RELATIVE})\b|\bpara mi y (?:para )?mi ({_RELATIVE})\b|\bpara mi ({_RELATIVE}) y (?:para )?mi\b(?! \w)"
    ),
    "with_me": (
        rf"\b(?:para mi|yo),? y (?:tambien )?(?:otr[oa] |un[ao]? )?(?:para )?(?:mis?|nuestr[oa]) (?:\w+ "
        rf")?(?:{_RELATIVE})\b"
        rf"|\bpara mi, (?:para )?(?:mis?|nuestr[oa]) (?:{_RELATIVE})\b"
        rf"|(?<!para )(?<!de )\b(?:mi|nuestr[oa]) (?:{_RELATIVE}){_NAME} y yo\b"
        rf"|\b(?:mis?|nuestr[oa]) (?:{_RELATIVE}){_NAME},? y (?:tambien )?(?:otr[oa] |un[ao]? )?para mi\b(?! (?:"
        rf"{_RELATIVE})\b)|\bpara (?:mi|nuestr[oa]) (?:{_RELATIVE}){_NAME},? y mi\b(?! (?:{_RELATIVE})\b)"
    ),
    "both": (
        r"\b(?:los|las|nosotros|nosotras) dos\b(?! (?:dias|horas|tardes|mananas|citas))|\bamb[oa]s\b(?! (?:dias|horas|"
        r"tardes|mananas))|\bdos citas\b"
    ),
    "as_couple": r"\b(?:de|en) pareja\b",
    "name_after": r",? (?:(?:called|named|heisst|namens|llamad[oa]|nommee?|chamad[oa]) )?(\[(?:NAME|PERSON)_\d+\])",
    "relative": rf"\b(?:mis?|nuestr[oa]s?) (?:\w+ )?({_RELATIVE})\b",
    "right_after": r"\b(?:justo|inmediatamente|seguido)? ?(?:despues|a continuacion|seguida)\b",
    "same_time": r"\b(?:a la vez|al mismo tiempo|a la misma hora|juntos|juntas)\b",
    "that_one": r"\b(?:la|lo|esa|ese|eso|esta|este)\b|\b\w+(?:la|lo)\b",
    "same_day": r"\b(?:el mismo dia|ese dia|ese mismo dia)\b",
    "named": r"(\[(?:NAME|PERSON)_\d+\])",
    "named_relative": rf"\b(?:{_RELATIVE}),? (?:que se llama |llamad[oa] )?((?-i:[A-Z])[\w'’-]+)",
    "bare_name": (
        r"^\W*(?:(?:su nombre es|se llama|es|para))?\s*((?-i:[A-Z])[\w'’-]+(?: (?:(?:de|del|la) "
        r")*(?-i:[A-Z])[\w'’-]+){0,3})\W*$"
    ),
    "stranger": r"\b(?:dr\.?|dra\.?|doctor|doctora|don|dona|sr\.?|sra\.?)\s+(?-i:[A-Z])[\w'’]+",
    "note": r"\(The patient sent an? [\w ']+, which you can't open\.\)",
    "undo": r"\b(?:deshacer|deshaga\w*|deshaz\w*|revertir|fue (?:un error|sin querer)|me equivoque|volver atras)\b",
    "waitlist": (
        r"\blista de espera\b|\b(?:si|cuando) (?:se )?(?:libera|liberan|queda libre|sale|hay|aparece|surge)\w*(?: "
        r"\w+){0,4} (?:antes|hueco|libre|algo|cita)\b|\bavis\w*\b.*\b(?:hueco|antes|libre|libera|cancela\w*)\b|\bse "
        r"libera\b"
    ),
    "emergency": (
        r"\b(?:emergencia|urgencia(?! dental)|ambulancia|no puedo respirar|me ahogo|inconsciente|desmayad[oa]|"
        r"infarto|derrame|sangra mucho|suicid\w*|matarme|quitarme la vida)\b"
    ),
    "minutes": (
        r"\b(\d{1,3}) ?(?:min\b|minutos?|')|\b(cinco|diez|quince|veinte|treinta|cuarenta) (?:min\b|minutos?)|\b(un "
        r"cuarto de hora|media hora|una hora)\b"
    ),
}

MINUTES = {
    "cinco": 5,
    "diez": 10,
    "quince": 15,
    "veinte": 20,
    "treinta": 30,
    "cuarenta": 40,
    "un cuarto de hora": 15,
    "media hora": 30,
    "una hora": 60,
}
