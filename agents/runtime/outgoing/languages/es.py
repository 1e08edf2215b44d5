"""Spanish."""

from agents.runtime.outgoing.wording import Wording

WORDING = Wording(
    code="es",
    function_words=(
        "lunes martes miercoles jueves viernes enero febrero junio julio octubre noviembre diciembre puedo "
        "puede quiere necesita "
        "siempre pero muy hay estoy tambien manana hoy hasta esa ese y usted ya gracias nos cuando donde hace "
        "tiene tengo nuestra nuestro esta los las del "
        "el la los las su sus es esta estan y a de con para ha han en lo le se que un una usted no por favor "
        "del al si me te tu cita hora nos les he hemos queda dia puede quiere gracias ya muy sera"
    ),
    noun=(r"(?:citas?|reservas?|turnos?|horas?|visitas?|sesion(?:es)?|consultas?|plazas?|huecos?|lugar)"),
    claims={
        "booked": (
            r"agendad[oa]s?|programad[oa]s?|apuntad[oa]s?|confirmad[oa]s?|anotad[oa]s?|inscrit[oa]s?|registrad[oa]s?"
            r"|concertad[oa]s?|fijad[oa]s?|asegurad[oa]s?|cerrad[oa] (?:su|la|tu) (?:cita|reserva)"
            r"|citad[oa]s?(?= (?:para|el|a las))|reservad[oa]s?|(?:he|hemos|te|le) (?:reserve|agende|apunte|anote"
            r"|programe|confirme)|(?:ya )?tiene[s]? (?:ya )?(?:una |su |tu |la )?(?:cita|hora|turno|reserva)"
            r"|confirmacion de (?:su |la |tu )?(?:cita|reserva)|(?:cita|reserva|turno) (?:ha quedado|queda|quedo|esta"
            r"|ha sido|fue) (?:\w+ ){0,2}(?:hech[oa]|list[oa]|creada|asignad[oa]|en firme|fija|lista)|en (?:la"
            r"|nuestra) agenda|(?:es|son) (?:suy[oa]|tuy[oa])s?|nos vemos entonces|le esperamos entonces|asignad[oa]s?"
            r"|le he (?:dado|puesto) (?:cita|hora)|he puesto (?:su|la) cita|hecha la reserva|reserva hecha"
            r"|confirmo (?:su|la|tu|que) (?:\w+ ){0,3}(?:cita|reserva)"
        ),
        "reserved": (
            r"(?:guardad[oa]|guardando|apartad[oa]|retenid[oa]|bloquead[oa])s?|le (?:guardo|aparto"
            r"|mantengo) (?:\w+ ){0,4}"
        ),
        "moved": (
            r"cambiad[oa]s?|reprogramad[oa]s?|movid[oa]s?|trasladad[oa]s?|aplazad[oa]s?|adelantad[oa]s?|pospuest[oa]s?"
            r"|reagendad[oa]s?|modificad[oa]s?|pasad[oa]s? (?:al?|para)|atrasad[oa]s?|(?:he|hemos) (?:pasado"
            r"|corrido) (?:su|la|tu) cita|(?:cambie|movi|reprograme|traslade) (?:su|la|tu) cita|cambio (?:esta "
            r"|ha sido |queda )?(?:hecho|confirmado|realizado)"
        ),
        "cancelled": (
            r"ya no existe|(?:quitad|retirad|sacad)[oa] de (?:la|nuestra) agenda|cancelad[oa]s?|anulad[oa]s?"
            r"|eliminad[oa]s?|suspendid[oa]s?|borrad[oa]s?|(?:cancele|anule|elimine) (?:su"
            r"|la|tu)|cancelacion (?:ha sido |esta |queda )?(?:confirmada|hecha|realizada|completada|registrada"
            r"|procesada)|dad[oa]s? de baja|(?:ya no tiene|no tiene ya) (?:ninguna |la |su )?cita|sin efecto"
            r"|queda libre su|liberad[oa]s?"
        ),
        "undone": (
            r"deshech[oa]s?|restablecid[oa]s?|restaurad[oa]s?|recuperad[oa]s?|revertid[oa]s?|vuelve a (?:estar|ser"
            r"|quedar)|(?:sigue|esta) en pie (?:otra vez|de nuevo)|de vuelta"
        ),
        "done": (
            r"trato hecho|(?:ya )?(?:esta|queda|quedo|ha quedado|todo) (?:todo )?(?:hech[oa]|list[oa]"
            r"|arreglad[oa]|resuelt[oa]"
            r"|solucionad[oa])|(?:^|[.!¡,\s])(?:listo|hecho)(?=\s*(?:[!.:,–-]|$))|todo listo|gestionad[oa]s?"
            r"|tramitad[oa]s?|realizad[oa]s?|completad[oa]s?"
        ),
        "waiting": (
            r"(?:apuntad[oa]|puest[oa]|anadid[oa]|inscrit[oa]|anotad[oa]) (?:\w+ )?(?:en|a) la lista de espera"
            r"|esta (?:ya )?en (?:la|nuestra) lista de espera|(?:le|te) he (?:puesto|apuntado|anadido) (?:en"
            r"|a) la lista"
        ),
    },
    claims_with_moment={
        "stands": (
            r"nos vemos|(?:le|te|les|os) (?:esperamos|espero|vemos|veremos|recibimos|atendera|atenderemos)"
            r"|^\W*hasta(?= (?:el|manana|pasado|lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b)|(?:su|tu|la"
            r"|proxima|sus|las) (?:[\w-]+ ){0,3}{noun}(?: (?:de|con|para) [\w.' -]{1,50}?)?,? (?:es|son|sera|seran"
            r"|esta|estan|sigue|siguen|queda|quedan|empieza|comienza|tiene lugar|ahora es|continua)"
            r"|tiene[s]? (?:\w+ ){0,3}(?:citas?|turno|hora|consulta|visita|sesion)|(?:le|te) toca|queda para|(?:su"
            r"|tu) [\w' -]{1,40}? (?:es|sera|empieza|queda) (?:el|a las|manana|para)|(?:le"
            r"|te) tengo (?:\w+ ){0,2}(?:el|para|a las)|viene (?:el|manana)"
        ),
        "moved": r"ahora es|nuev[oa] (?:cita|hora|fecha) es|pasa (?:al?|para)|paso (?:al?|para)",
    },
    claims_about_it={
        "moved": r"ajustad[oa]s?|actualizad[oa]s?|corregid[oa]s?",
        "cancelled": r"quitad[oa]s?|retirad[oa]s?|fuera",
        "booked": (
            r"anadid[oa]s?|puest[oa]s?|incluid[oa]s?|organizad[oa]s?|arreglad[oa]s?|dad[oa]s?|hech[oa]s?"
            r"|acordad[oa]s?|metid[oa]s?"
        ),
    },
    appointment=r"todo",
    idioms=(
        r"(?:totalmente |completamente )?(?:completo|llen[oa]|ocupad[oa])s?|no hay (?:problema|de que|inconveniente)"
        r"|sin (?:ningun )?(?:problema|compromiso)|no se preocupe|no te preocupes|no dude en|no solo|(?:esa"
        r"|esta) hora (?:ya )?(?:esta|ha sido|fue) (?:\w+ ){0,2}(?:reservad|ocupad|cogid|tomad)a(?! para usted)"
        r"|reservad[oa] por (?:otr|algui)\w+|acaba de ocupar|no olvide|por supuesto|como (?:puede ver|pidio|acordado"
        r"|hablado|solicito)|ya no (?:queda|esta libre)\b|lo antes posible|nada mas|la cita (?:que )?(?:reservo|tenia"
        r"|tiene) (?:usted )?reservada"
    ),
    lead_ins=(
        r"(?:le |te )?(?:puedo|podemos|me complace|nos complace|quiero|queria) (?:confirmar|informar|decir"
        r"|comunicar)(?:le|te)?(?: de)?(?: que)?(?= (?:su|tu|la|que|esta|ya|todo|usted|ha|le|se)\b)|(?:le "
        r"|te )(?:confirmo|informo|comunico)(?: que)?(?= (?:su|tu|la|ya|todo|ha|se|esta|le|el)\b)"
    ),
    denials=(
        r"no|nunca|ningun\w*|nada|nadie|ni|sin|puede[ns]?|puedo|podemos|podria\w*|podra\w*|sera[ns]?|seria\w*|debe\w*"
        r"|quiere\w*|quisiera|gustaria|desea\w*|va a|voy a|vamos a|van a|para que|haber|ser|estar|quedar|tener|queria"
        r"|pidio|pendiente de|casi|falta|hay que|algo"
    ),
    conditions=(
        r"si(?!\s*[,.!])|cuando|en cuanto|una vez(?! mas)|antes de|hasta que|siempre que|tan pronto como|en caso de"
        r"|a menos que|salvo que|despues de que"
    ),
    provisos=(
        r"(?:en cuanto|cuando|si|una vez que?) (?:usted|me|nos|lo|la|diga|confirme|quiera|acepte)?|hasta que|aun no"
        r"|todavia no"
    ),
    offers=(
        r"libres?|disponib\w+|ofrec\w+|opcion\w*|posib\w+|podria\w*|puede\w*|puedo|podemos|seria\w*|viene bien|va bien"
        r"|vendria|conv\w+|propo\w+|sugier\w+|elija|elegir|escoja|prefier\w+|o|u|cercan\w+|proxim[oa]s? (?:hora|hueco"
        r"|cita|dia|disponib|libre)\w*|horas?(?= (?:son|libre|disponib|que|tengo|hay|el)|:)|huecos?|hay|tengo|tenemos"
        r"|quedan?|digame|dime|avise\w*|responda|escriba|si|quiere|quieres|desea|gustaria|alternativ\w+|en su lugar"
        r"|reservar|cambiar|confirmar|sera|voy a"
    ),
    wishes=(
        r"(?:pidio|queria|quiere|dijo|menciono|escribio|solicito|preguntaba|pregunto|buscaba|prefiere|preferia|pedia"
        r"|comenta|comento|desea|indico|propuso|me dice)|su (?:peticion|deseo|mensaje|pregunta|solicitud)|(?:reviso"
        r"|miro|compruebo|busco|consulto|verifico)|(?:revisar|mirar|comprobar|buscar|consultar|verificar)|entendido"
        r"|un momento|(?:el|al) equipo|se refiere|de acuerdo con lo que"
    ),
    asks=(
        r"nombre|reserv\w+|confirm\w+|cambi\w+|muev\w+|mover|cancel\w+|anul\w+|viene bien|va bien|parece bien|correcto"
        r"|bien|cual\w*|prefier\w+|de acuerdo|ok|vale|apunt\w+|agend\w+|conviene|quiere (?:esa|que|la)|mantener"
        r"|mantengo|guard\w+|sirve|encaja|le parece|adelante|la quiere"
    ),
    joins=r"y|pero|asi que|porque|aunque|sino|entonces|por lo que|e|o",
    costs=(
        r"cuestan?|vale|(?:precio|coste|tarifa|importe|total) (?:es|sera|asciende a|de)|cobramos|se cobra|sale (?:por"
        r"|a)|pagar?|son solo"
    ),
    free=r"gratis|gratuit[oa]s?|gratuitamente|(?:sin|ni|no \w+) (?:coste|costo|cargo)|no cuesta nada",
    is_a=r",? (?:que )?(?:es|sera|cae en|era)(?: un)? ",
    with_whom=r"con|con la|con el",
    where=(
        r"(?:nuestra|la) (?:nueva )?(?:direccion|clinica|consulta) (?:es|esta en|se encuentra en)|(?:nos encontrara"
        r"|nos encuentra|estamos|nos encontramos|encontrarnos)(?: situados| ubicados)? en(?: la| el)?|direccion:"
        r"|venga a(?: la| el)?"
    ),
    numbers={
        "cero": 0,
        "uno": 1,
        "dos": 2,
        "tres": 3,
        "cuatro": 4,
        "cinco": 5,
        "seis": 6,
        "siete": 7,
        "ocho": 8,
        "nueve": 9,
        "diez": 10,
        "once": 11,
        "doce": 12,
        "trece": 13,
        "catorce": 14,
        "quince": 15,
        "dieciseis": 16,
        "diecisiete": 17,
        "dieciocho": 18,
        "diecinueve": 19,
        "veinte": 20,
        "veintiuno": 21,
        "veintidos": 22,
        "veintitres": 23,
        "veinticuatro": 24,
        "veinticinco": 25,
        "veintiseis": 26,
        "veintisiete": 27,
        "veintiocho": 28,
        "veintinueve": 29,
        "un": 1,
        "una": 1,
        "treinta": 30,
        "cuarenta": 40,
        "cincuenta": 50,
        "sesenta": 60,
        "setenta": 70,
        "ochenta": 80,
        "noventa": 90,
        "cien": 100,
        "ciento": 100,
        "doscientos": 200,
        "trescientos": 300,
        "cuatrocientos": 400,
        "quinientos": 500,
        "seiscientos": 600,
        "setecientos": 700,
        "ochocientos": 800,
        "novecientos": 900,
        "doscientas": 200,
        "trescientas": 300,
        "cuatrocientas": 400,
        "quinientas": 500,
        "seiscientas": 600,
        "mil": 1000,
    },
)
