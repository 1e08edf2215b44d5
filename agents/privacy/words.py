"""Words that decide whether something is a name, in the five languages of the product (folded)."""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MONTH_WORDS = words("""
january february march april may june july august september october november december jan feb mar apr jun
jul aug sep sept oct nov dec januar februar marz maerz mai juni juli oktober dezember okt dez janvier
fevrier mars avril juin juillet aout septembre octobre novembre decembre janv fevr avr juil enero febrero
marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic janeiro
fevereiro marco maio junho julho setembro outubro novembro dezembro fev set out
""")

WEEKDAY_WORDS = words("""
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag
dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi
dimanche lunes martes miercoles jueves viernes sabado domingo segunda terca quarta quinta sexta feira today
tomorrow tonight yesterday heute morgen gestern aujourd demain hier hoy manana ayer hoje amanha ontem
""")

PARTICLES = words("""
de da do dos das del della der den di du des la le les los las el al bin ibn ben van von vom zu zum zur ten
ter y e und and the dr mr mrs ms miss mx sir prof herr frau mme mlle sr sra srta dona don st saint jr sr
""")
"""Never a name by themselves, only inside one."""

FUNCTION_WORDS = words("""
a an the i you he she it we they me him her us them my your his its our their this that these those there
here is are was were be been am do does did have has had can could will would shall should may might must
and or but if so because as at by for from in into of off on out over to up with about after before until
since not no yes yeah yep ok okay please thanks thank hi hello hey dear sorry just also very too still
already always never only really really again back now then when where what who whom which why how any some
all every each need needs want wants wanted like likes got get gets going go goes looking trying having
calling writing texting asking hoping wondering coming running late early free available busy fine good
great well happy glad unable able interested sure afraid new old sick ill unwell pregnant allergic available
ready done there home away today ich du er sie es wir ihr mich mir dich dir uns euch mein meine meinen
meinem meiner dein deine sein seine ihre der die das den dem des ein eine einen einem einer und oder aber
wenn weil dass ob als wie wo wer was wann warum ist sind war waren bin bist hat habe haben hatte wird werde
mochte kann konnte muss soll darf nicht kein keine ja nein bitte danke hallo guten tag morgen abend liebe
lieber sehr auch noch schon nur immer nie wieder jetzt dann hier da dort am im um an auf aus bei mit nach
von vor zu zum zur fur uber unter seit bis gern gerne je tu il elle nous vous ils elles moi toi lui mon ma
mes ton ta tes son sa ses notre votre leur ce cette ces le la les un une des du de et ou mais si parce que
qui quoi quand pourquoi comment est suis es sommes sont etait ai as avons avez ont serait peux peut pouvez
voudrais veux dois pas ne non oui merci bonjour bonsoir salut tres aussi encore deja seulement toujours
jamais maintenant alors ici la a au aux avec dans en par pour sans sur yo el ella ello nosotros ustedes
ellos me te se mi mis tu tus su sus este esta estos ese esa lo los las un una unos y o pero porque que quien
cuando donde como es soy eres somos son era estoy esta estan he ha han tengo tiene quiero quisiera puedo
puede debo no si por favor gracias hola buenos buenas dias tardes noches muy tambien todavia ya solo siempre
nunca ahora entonces aqui alli al con de del en para por sin sobre desde hasta eu ele ela nos eles elas meu
minha meus minhas teu tua seu sua este esta esse essa isto isso o os as um uma uns e ou mas porque quem
quando onde sou es somos sao era estou esta estao tenho tem queria gostaria posso pode devo nao sim obrigado
obrigada ola bom boa dia tarde noite muito tambem ainda ja so sempre nunca agora entao aqui ali ao com da do
das dos em no na nos nas para por sem sobre desde ate
""")

TRADE_WORDS = words("""
dental dentist dentista dentiste zahnarzt zahnarztin doctor doctora doktor medecin medico arzt arztin gp
nurse clinic clinica clinique praxis practice salon studio physio physiotherapy therapist therapy therapie
kine barber hair haircut cut colour color highlights balayage beard blow dry wash massage consultation
consulta checkup check cleaning clean hygiene whitening filling crown root canal implant braces invisalign
extraction tooth teeth appointment appointments booking termin termine rendez vous rdv cita citas marcacao
slot visit reminder reception receptionist team staff patient patients patientin paciente kunde kundin
neukunde neukundin client cliente customer son daughter wife husband mother father mum mom dad baby child
kids sohn tochter frau mann mutter vater kind fils fille femme mari mere pere enfant hijo hija mujer esposa
marido madre padre nino filho filha esposa mae pai pain toothache emergency urgent zahnschmerzen schmerzen
fieber problem probleme douleur dolor dor notfall urgence urgencia insurance versicherung krankenkasse
mutuelle seguro student schuler studentin botox whatsapp plumber british german french spanish portuguese
english american italian polish deutsch deutscher english
""")

COMMON_WORDS = (
    FUNCTION_WORDS
    | TRADE_WORDS
    | MONTH_WORDS
    | WEEKDAY_WORDS
    | PARTICLES
    | words("""
mark marks rose grace hope faith joy dawn summer autumn winter spring bill rob pat sue art drew frank grant
guy dean earl ray rich sandy violet olive ivy lily daisy holly ginger penny pearl ruby amber jade crystal
chase hunter mason carter max king queen prince young long short small white black brown green gray grey day
knight wood woods field hill bush rice bell ball cook baker fisher hall park parks price love best little
moon sun star stone fox wolf bird banks brooks lane street church house pope bishop miller gene jean bob bud
cash chip christian clay cliff colt dale destiny duke angel faith forest harmony heath honor iris jewel
lance laurel major melody mercy miles myrtle nick patience pierce reed robin rock rod rusty sage scarlet
serenity skip sky sterling stormy tan tab trinity victor wade ward wayne west east north south will wills
woody so sung ng an do le to he in on hung dung her bang song sang cross power powers pool poole mills may
case day door hook horn key noble page piper post potter root savage sharp shepherd smart snow strong sweet
swift taylor trace turner walker waters watts weeks wise words worth klein gross lang kurz jung alt neu
schwarz weiss braun sommer herbst konig stein koch schneider zahn fuchs vogel hahn baum bach richter kaiser
kraft sauer ernst frei gut lieb stark wild engel blume rosen petit grand blanc noir pierre claire aime
constant clement juste marin marine prudence bon beau roux leblanc loup paz luz cruz rosa blanco rey flores
dolores mercedes pilar consuelo soledad esperanza rico bueno leal sol mar luna alba rubio moreno calle salud
angel domingo reyes campo iglesia guerra vega rios prado cielo costa leite branco reis santos vale lima
graca vitoria pinto ramos campos rocha pires dores luz
""")
)
"""Lower-case occurrences of these stay readable, even when they are somebody's name."""

NOT_A_NAME = FUNCTION_WORDS | TRADE_WORDS | MONTH_WORDS | WEEKDAY_WORDS
"""Does not become a name by following "I'm" or "my son", not even with a capital letter."""
