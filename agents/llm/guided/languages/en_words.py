"""English words by what they mean. Patterns see the text with its dates and times blanked out."""

ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "sixth": 6,
    "6th": 6,
    "last": -1,
    "latest": -1,
    "as late as possible": -1,
    "late": -1,
    "earliest": 1,
    "early": 1,
    "soonest": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
}

FUNCTION_WORDS = """
i you he she we they my your our me us it the a an and or but not with for at on in of to from is are am was be have has
had do does did can could would will shall should like want need please thanks thank hello hey good morning
afternoon evening yes yeah no appointment appointments time today tomorrow monday tuesday wednesday thursday friday
saturday sunday what when where who which how this that these those there any some see get make come book booking
cancel move late running m ll ve re t don didn isn so also man son works fine great sounds next
as soon early possible week half past after before
"""

_ORDINAL = r"first|1st|second|2nd|third|3rd|fourth|4th|fifth|5th|sixth|6th|last|latest|earliest|soonest"
_GOOD = (
    r"good|great|fine|perfect(?:ly)?|lovely|nice|ideal|correct|right|ok(?:ay)?|it|brilliant|excellent|wonderful|"
    r"awesome|agreeable|accurate|suitable|acceptable|better|amazing|fantastic|best|like a plan"
)
_SOFT = r"(?:(?:all|just|really|so|very|exactly|absolutely|quite|totally|more than|looking|sounding) )*"
_RELATIVE = (
    r"son|daughter|child|kid|baby|boy|girl|wife|husband|partner|mother|mum|mom|father|dad|brother|sister|friend|"
    r"grandmother|grandfather|grandma|grandpa|grandson|granddaughter|niece|nephew|cousin|aunt|uncle|girlfriend|"
    r"boyfriend|colleague|neighbou?r|flatmate|roommate|in-law|mate|pal|buddy|bf|gf|hubby|missus|fiancee?|toddler|"
    r"little one|kiddo|nan|nana|gran|granny|spouse|teenager|stepson|stepdaughter|housemate"
)
_NAME = r"(?:,? (?:\[\w+\]|(?-i:[A-Z])\w+))?"

PATTERNS = {
    "yes": (
        r"^\W*(?:(?:oh|hey|well|and|um+|ah|so|then|hmm+|thanks|thank you|great|ok(?:ay)?)\b[\s,.!]*)*"
        r"(?:yes+|yea+h?|yep|yup|ya|yess+|y|sure|ok(?:ay|ie)?|k|correct|right|perfect(?:ly)?|great|good|"
        r"fine|absolutely|"
        r"definitely|of ?course|certainly|indeed|exactly|alright|all right|lovely|super|cool|brilliant|awesome|"
        r"excellent|wonderful|nice|agreed|confirm(?:ed)?|go ahead|please do|do it|go for it|book it|affirmative|"
        r"by all means|that'?s it|deal)\b|^\W*[👍✅👌🙏]"
        rf"|\b(?:sounds?|seems?|looks?|feels?)(?: like)?(?: to be)? {_SOFT}(?:{_GOOD})\b"
        rf"|\b(?:that|this|it|thats|everything|all|those|they|which|you)(?:['’]?s|['’]?re| is| are|"
        rf" will be|['’]ll be| would be| was)? "
        rf"{_SOFT}(?:{_GOOD})\b"
        r"|\b(?:that|this|it|which) (?:would |will |should |does |all |info )?(?:works?|suits?|do(?:es)?|"
        r"checks? out)\b"
        r"|\b(?:works|suits|fine|good|great|perfect|ok(?:ay)?) (?:for|with|by) me\b|\bworks great\b"
        r"|\bi (?:do |can |would )?(?:confirm|agree|accept|approve)\b|\bi['’]?(?:ll| will) (?:take|have|"
        r"go with) (?:it|that|this)\b"
        r"|\b(?:please|you can|can you|go ahead and|do) (?:please )?(?:com?firm|book|reserve|"
        r"schedule) (?:it|that|this)\b"
        r"|\bgo ahead\b|\bgo on\b|\bbook it\b|\bplease (?:com?firm|proceed)\b|\ball set\b|\byes\b|"
        r"\blet['’]?s do (?:it|that)\b"
    ),
    "no": (
        r"^\W*(?:(?:oh|hey|well|and|um+|ah|so|hmm+|i['’]?m|i am)\b[\s,.!]*)*"
        r"(?:no+|nope|nah|not|never ?mind|wrong|incorrect|negative)\b"
        r"|\b(?:is|are|was|that['’]?s)(?:n['’]?t| not)(?: \w+)? (?:right|correct|good|it|possible|convenient|what)\b"
        r"|\b(?:they|it|that|this|those) (?:is not|are not|isn['’]?t|aren['’]?t)\b"
        r"|\b(?:doesn['’]?t|does not|won['’]?t|will not|wouldn['’]?t|don['’]?t|do not|can['’]?t|cannot|can not) "
        r"(?:\w+ )?(?:work|suit|make|do|book|want|like|confirm)\b"
        r"|\bchanged? my mind\b"
    ),
    "soft_no": (
        r"^\W*(?:wait|hold on|hang on|actually|sorry|rather)\b|\binstead\b|\bone more change\b|"
        r"\bi(?: would|['’]?d) rather\b"
    ),
    "not_really_no": r"^\W*no,? (?:problem|worries|that['’]?s (?:fine|good|great|ok|all|right|perfect|correct))",
    "no_thanks": (
        r"^\W*(?:no|nope|nah)\W*(?:thanks?|thank you|that['’]?s (?:all|it|everything))|\bnothing else\b|"
        r"\bthat(?:['’]?s| is| will be) all\b(?! \w)"
    ),
    "stop": (
        r"^\W*(?:(?:ok(?:ay)?|oh|well|no|nope|right|all right|thanks|thank you)[\s,.!]+)*"
        r"(?:never ?mind|forget (?:it|about it)|leave it|stop|don['’]?t (?:bother|book)[^.]*|"
        r"not (?:any ?more|today|now))(?:\W+(?:then|thanks?|thank you|that|it|ok(?:ay)?|for now))*\W*$"
    ),
    "book": (
        r"\b(?:book(?:ing|ed)?|schedul(?:e|ing)|reserv(?:e|ation)|appoint?e?ment|appt|make (?:me )?one|"
        r"set (?:me )?up|"
        r"come in|get in|fit me in|squeeze me in|(?:want|need|like|love) to (?:see|visit|go|come|consult|meet)|"
        r"see (?:a|the|my|your|an) \w+|slots?|availab(?:le|ility)|openings?(?!\s+(?:hours?|times?))|"
        r"free (?:time|slot)s?|consult(?:ation)?)\b"
    ),
    "another": (
        r"\b(?:another|a second|one more|a new|an additional) (?:appointment|booking|one|appt|slot)|"
        r"\balso\b|\bas well\b|\bbook (?:another|also|one more)\b"
    ),
    "move": (
        r"\b(?:can['’]?t|cannot|can no longer|won['’]?t be able to|not able to) (?:make|come|attend)\b|"
        r"\b(?<!just )(?<!recently )(?:move\b|re-?schedule|re-?book|re-?arrange|postpone|push (?:it|my|"
        r"the)|bring (?:[\w-]+ ){1,3}forward|swap|"
        r"(?:change|shift|switch|alter|delay) (?:my|the|our|his|her|this|that|"
        r"it)\b(?: \w+)?(?: appointment| booking| time| date| visit| slot| day)?)"
        r"|(?:^\W*(?:actually|hmm+|oh|sorry|and|but|or)?[\s,]*|\b(?:can|could|would) (?:you|we|i) (?:please |just "
        r"|maybe )?)"
        r"make (?:it|that|mine)\b(?! (?:work|quick|short|up|in time|on time|there|to)\b)"
    ),
    "cancel": (r"\bcancel|\bcall(?:ing)? (?:it |my appointment )?off\b|\bdelete my\b|\bdrop my\b"),
    "list": (
        r"\b(?:when|what time|what day|which day)['’]?s?(?: is| are| do i have| did i book)? (?:my|our|"
        r"the) (?:next )?(?:appointment|booking|visit|session)|"
        r"\b(?:do|did) i (?:already )?have (?:an?|any|my)\b.*(?:appointment|booking)|\bmy (?:next |"
        r"coming |upcoming |current )?(?:appointments|bookings)\b|"
        r"\b(?:show|list|check|see|confirm|remind me of) (?:me )?my (?:appointment|booking)|"
        r"\b(?:what|which) (?:appointment|booking)s? (?:do )?i have\b|\bhave i got an? appointment"
    ),
    "person": (
        r"\b(?:speak|talk|chat|speaking|talking) (?:to|with) (?:(?:a|an|the|some|your|"
        r"any) )?(?:\w+ )?(?:person|human|someone|somebody|anyone|receptionist|"
        r"reception|staff|manager|owner|operator|agent|representative|team|member|people|one of you)\b"
        r"|\b(?:to|with) an? (?:person|human)\b"
        r"|\b(?:real|actual|live|human) (?:person|human|being|agent|receptionist)\b|^\W*(?:human|person|"
        r"operator|agent|receptionist|a person|staff|reception)\W*(?:please)?\W*$"
        r"|\bno(?:t)? (?:a )?(?:bot|robot|machine)s?\b"
        r"|\b(?:want|need|get me|give me|prefer|rather have) (?:an?|the|some) (?:\w+ )?(?:human|person|receptionist|"
        r"representative|operator)\b"
    ),
    "call_me": r"\b(?:call|ring|phone) me\b",
    "results": r"\b(?:test|lab|scan|blood|x-?ray|my) results?\b|\bresults? of\b|\bresults? (?:back|in|ready)\b",
    "late": r"\b(?:running|be|hour|min|i['’]?m|am|bit|minutes|mins) late\b|\bstuck in traffic\b|\bbe there in \d+",
    "complaint": (
        r"\b(?:(?<!he['’]s )(?<!he is )complain|complaint|refund|money back|unacceptable|disgust|"
        r"terrible (?:service|experience)|"
        r"rude|sue\b|lawyer(?! (?:wants|needs|is|has|said|says|told|asked|meeting))|"
        r"overcharged|negligen|unhappy with|not happy with|disappointed)"
    ),
    "advice": (
        r"\bshould i (?:take|use|stop|eat|drink|worry|be worried|go to (?:a&e|hospital|the hospital))|"
        r"\bcan i (?:take|mix|drink|eat)\b|\bis (?:it|this|that) (?:normal|serious|dangerous|infected|"
        r"safe|contagious)\b"
        r"|\bwhat (?:can|should) i (?:take|do (?:about|for|against))|\bside[- ]effects?\b|\bdosage\b|"
        r"\bhow (?:many|much) (?:ibuprofen|paracetamol|tablets|pills|mg)|\bdiagnos|\bdo i need antibiotics"
        r"|\b(?:test|lab|scan|blood|x-?ray) results?\b|(?<!do i need a )(?<!do i need )\breferral\b|"
        r"\bsick note\b|\bfit note\b|"
        r"\bmy (?:prescription|medication|medicine|tablets)\b|\b(?:repeat|new) prescription\b"
    ),
    "find": (
        r"\b(?:find(?:ing)?|locate|search(?:ing)?|look(?:ing)?|how about|what about|others|next one|"
        r"choice|possibilit|recommend|suggest|options?|someone else|somebody else|anyone else|"
        r"anybody else|who else|any ?others?|what else|"
        r"anything else|something else|something different|somewhere|else|different|another|nearby|"
        r"near me|nearest|results?|in the area|in my area|i (?:want|need|wish)(?: to| a)?|"
        r"i(?:['’]?d| would) (?:like|love|prefer)|can i (?:get|have|come)|could i (?:get|have|come)|"
        r"help me|can you help|will you help|choose|picked?|go with|this one|that one|the one|try)\b"
    ),
    "place": (
        r"\b(?:city|town|area|neighbou?rhood|san fran|sfo|region|zip|state|county|near|nearby|close to|closer)\b"
        r"|^\W*(?:\w+[\s,.]+){0,6}?(?:in|at|around|"
        r"from)\s+(?-i:[A-Z])\w+(?:[ -](?-i:[A-Z])\w+)*\W*(?:please|thanks|for me|for the city)?\W*$"
        r"|^\W*(?:(?-i:[A-Z])\w+\s?){1,4}\W*(?:please|for the city|for me)?\W*$"
    ),
    "greet": r"^\W*(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|greetings|howdy)\b",
    "thanks": r"\b(?:thanks?|thank you|thx|ty|cheers|much appreciated|appreciate it)\b",
    "bye": (
        r"\b(?:bye|goodbye|see you|see ya|have a (?:good|great|nice)|take care|good night|that(?:['’]?s|"
        r" is| will be) all(?! \w))\b"
    ),
    "none": (
        r"\bnone (?:of|suit|work)|\bneither\b|\bnot (?:any|one) of (?:these|those|them)|\b(?:any|"
        r"some)thing (?:else|other)\b|\bother (?:times?|options?|days?|slots?)\b|\bmore (?:times?|"
        r"options?|slots?)\b|\bdifferent (?:times?|days?)\b|"
        r"\b(?:show|give|send) me (?:\w+ )?(?:more|others?)\b|\b(?:any|some) (?:more|others)\b"
    ),
    "any": (
        r"\b(?:any(?: of (?:them|these|those|the))?(?: (?:one|time|slot))? (?:is|are|will|would|works?|"
        r"suits?|do)|any(?:time)? (?:is )?(?:fine|ok(?:ay)?|good)|whichever|whatever|either|you choose|"
        r"you pick|whenever|i don['’]?t mind|doesn['’]?t matter|up to you)\b"
    ),
    "number": (
        r"^\W*(?:(?:i['’]?(?:ll| will) (?:take|have|go (?:with|for))|let['’]?s (?:take|go with)|"
        r"can i have|the|please)\s+)*(?:number|option|no\.?|nr\.?|#|slot)?\s*#?(\d{1,2}|one|two|three|"
        r"four|five|six)\W*(?:please|thanks|thank you|pls)?\W*$|\b(?:number|option) (\d{1,2}|one|two|"
        r"three|four|five|six)\b"
    ),
    "ordinal": (
        rf"\bthe (early|late) one\b|\b(as late as possible)\b|\b(?:the )?({_ORDINAL})(?: (?:one|option|slot|time"
        rf"|appointment|of (?:them|those"
        rf"|these))\b|"
        rf"\W*(?:please|thanks)?\W*$)"
    ),
    "phone": (
        r"\b(?:(?:phone|telephone|tel)\b\.?(?! (?:app\w*|calls?|consult\w*|session|slot|review)\b)|contact(?: "
        r"\w+)?(?: number| details?)?|info(?:rmation)?|details|mobile|"
        r"landline|(?:their|your|the|his|her|a|its|office|salon['’]?s|contact) number|call (?:you|them)|"
        r"reach (?:you|them|him|her)|get (?:in touch|hold))\b|\bcontact\b|\bnumber\W*$"
    ),
    "address": (
        r"\b(?:address|where(?: exactly)?(?:['’]?s|['’]?re| are| is| can i find)?(?: exactly)?(?: (?:you|they|"
        r"it|the|your|their|he|"
        r"she|this)\b)|where abouts|whereabouts|(?<!i'm )(?<!i’m )(?<!i am )locat(?:ed|ion)|directions|postcode|street|"
        r"how do i get (?:to you|there)|find you)\b"
    ),
    "hours": (
        r"\b(?:opening (?:hours|times?)|business hours|office hours|hours|what (?:time|days?) (?:do|are|"
        r"is) (?:you|they|the \w+) (?:open|close)|(?:are|is) (?:you|they|the \w+) (?:open|closed)|"
        r"when (?:do|are|is) (?:you|they|the \w+) (?:open|close|closed)|still open|till when)\b"
    ),
    "prices": (
        r"\b(?:how much|how long (?:does|is|will|would|do)|prices?|costs?|charges?|fees?|expensive|rates|"
        r"pricing)\b"
    ),
    "services": (
        r"\b(?:what|which)(?: kind of| sort of| other)? (?:services|treatments)|\bwhat do (?:you|"
        r"they) (?:offer|do)\b|\b(?:your|list of|their) (?:services|treatments)\b"
    ),
    "offers": (
        r"\b(?:do|does|can|are|is|have|would|offer|offers|perform|provide)\b(?! (?:i|we)\b).*\b(?:offer|do|provide"
        r"|have|"
        r"perform|performing|offering|available|services?|procedures?|work|specialise|specialize)\b|"
        r"\b(?:cosmetics?) (?:services?|procedures?|work|surgery)\b"
    ),
    "practitioners": (
        r"\bwho(?:['’]s| is) (?:free|in|on|working|around|available)\b|\bwith wh(?:o|om)\b|\bwho (?:works|work|is "
        r"there|are (?:the|your)|do you have|would i see|will i see|is (?:the|my|"
        r"your) (?:dentist|doctor|stylist|therapist|hairdresser))|\bwhich (?:doctors?|dentists?|stylists?|"
        r"therapists?|practitioners?|hairdressers?)\b|\b(?:your|any other|what) (?:doctors|dentists|"
        r"stylists|therapists|practitioners)\b"
    ),
    "unpublished": (
        r"\b(?:toilets?|restrooms?|bathrooms?|loo|lift|elevator|stairs|changing rooms?|bus stops?|metro|tube|pharmacy|"
        r"ratings?|rated|reviews?|stars?|unisex|both genders?|men and women|only (?:for )?(?:men|"
        r"women)|genders?|parking|park|deposit|upfront|pay|wheelchair|wifi|insurance|insured|nhs|cards?|"
        r"credit|discount|loyalty|qualified|qualifications?|experienced?|licensed|languages?|speak)\b"
    ),
    "please_do": (
        r"\b(?:can|could|will|would) you (?:please |just |kindly |go ahead and )*"
        r"(?:com?firm|book|reserve|schedule|do) (?:it|that|this)\b"
    ),
    "asks_first": r"^\W*(?:what|where|when|who|how|which|why|is|are|do|does|did|can|could|would|will|have|has|may)\b",
    "question": (
        r"\?|^\W*(?:what|where|when|who|how|which|why|is|are|do|does|did|can|could|would|will|have|has|"
        r"may)\b"
    ),
    "symptom": (
        r"\b(?:pains?|painful|aching|aches?|hurts?|hurting|sore|sick|ill|unwell|fever|cough|bleeding|"
        r"swollen|swelling|broken|chipped|infect\w*|rash|headaches?|stomach|throat|tooth|teeth|gums?|"
        r"suffer\w*|problem|hair|skin|eyes?|ears?|back|knee|check|"
        r"anxious|anxiety|depress\w*|panic|stressed|burn(?:ed|t)?[- ]?out|can['’]?t sleep|insomnia|grief|griev\w*|"
        r"overwhelmed|lonely)\b"
    ),
    "praise": (
        r"\b(?:good|great|fine|perfect|nice|lovely|awesome|wonderful|excellent|like|love|cool|helpful|"
        r"works?|sounds?|suits?|agreeable|okay|ok|right)\b"
    ),
    "for_other": (
        rf"\b(?:for|of) (?:my|our|a|the) (?:\w+ )?({_RELATIVE})s?\b"
        rf"|\bmy (?:\w+ )?({_RELATIVE})s? (?:needs?|wants?|has|have|are|hasn['’]?t|is|would|should|hurt|broke|lost|"
        rf"got|had|"
        rf"was|keeps|feels|fell|cut|can['’]?t|won['’]?t)\b|\bmy (?:\w+ )?({_RELATIVE})['’]s (?:got|been|\w+ing|not|"
        rf"in)\b"
    ),
    "that_one": r"\b(?:it|that|this)\b",
    "same_day": r"\b(?:same|that) day\b|\bday of (?:my|the) appointment\b",
    "named": r"(\[(?:NAME|PERSON)_\d+\])",
    "named_relative": rf"\b(?:{_RELATIVE}),? (?:called |named |is )?((?-i:[A-Z])[\w'’-]+)",
    "bare_name": (
        r"^\W*(?:(?:his|her|their|the) name(?:['’]s| is)|(?:it|he|she|that)(?:['’]s| is)|it['’]?s for|for|"
        r"called)?\s*((?-i:[A-Z])[\w'’-]+(?: (?-i:[A-Z])[\w'’-]+){0,3})\W*$"
    ),
    "stranger": r"\b(?:dr\.?|doctor|mr\.?|mrs\.?|ms\.?)\s+(?-i:[A-Z])[\w'’]+(?:\s+(?:(?-i:[A-Z])[\w'’.-]+))*",
    "note": r"\(The patient sent an? [\w ']+, which you can't open\.\)",
    "also_for": (
        rf"\b(?:also|too|and)(?: (?:one|another|an? \w+))? for (?:my|our) ({_RELATIVE})s?\b"
        rf"|\b(?:one|another|appointment|slot)? ?for (?:my|our) ({_RELATIVE})s? (?:too|as well|also)\b"
        rf"|\bfor (?:both )?(?:me|myself) and (?:for )?(?:my|our) ({_RELATIVE})\b"
        rf"|\bfor (?:both )?(?:my|our) ({_RELATIVE})(?: [\[\w\]]+)? and (?:for )?(?:me|myself|"
        r"i(?=\W*(?:$|[.,!?]|both)))\b"
    ),
    "with_me": (
        rf"\b(?:me|myself|i),? (?:and|plus|as well as) (?:also )?(?:one )?(?:for )?(?:my|our) (?:\w+ "
        rf")?(?:{_RELATIVE})s?\b"
        rf"|\bfor me, (?:my|our) (?:{_RELATIVE})\b"
        rf"|(?<!for )(?<!of )\b(?:my|our) (?:{_RELATIVE}){_NAME} and i\b(?!['’])"
        rf"|\b(?:my|our) (?:{_RELATIVE}){_NAME},? (?:and|as well as|plus) (?:also )?(?:one )?(?:for )?(?:me|myself)\b"
    ),
    "both": (
        r"\bboth\b(?! (?:days|mornings|afternoons|evenings|times|weeks|dates|are|work))|\b(?:the )?two of us\b|"
        r"\bone each\b|\btwo appointments\b"
    ),
    "as_couple": r"\bcouples?\b(?! of\b)",
    "name_after": r",? (?:(?:called|named|heisst|namens|llamad[oa]|nommee?|chamad[oa]) )?(\[(?:NAME|PERSON)_\d+\])",
    "relative": rf"\b(?:my|our) (?:\w+ )?({_RELATIVE})s?\b",
    "right_after": (
        r"\b(?:right|straight|directly|immediately|just)? ?(?:after(?: (?:each other|one another|that|mine|me|him|her|"
        r"them))?|afterwards|back to back|one after (?:the other|another)|following)\b"
    ),
    "same_time": r"\b(?:at the same time|same time|together|at once)\b",
    "undo": r"\bundo\b|\bput (?:it|that|everything) back\b|\bby mistake\b|\brevert\b|\btake that back\b",
    "waitlist": (
        r"\bwait(?:ing)?[- ]?list\b|\b(?:let me know|tell me|text me|notify me|message me|contact me|ping me|call me)\b"
        r".*\b(?:comes? up|opens? up|frees? up|becomes? (?:free|available)|cancels?|cancellations?|earlier|sooner)\b|"
        r"\bif (?:anything|something|someone|anyone|a slot|an earlier)\b.*\b(?:comes? up|opens? up|frees? up|cancels?|"
        r"drops out|pulls out)\b|\bcancellation list\b"
    ),
    "emergency": (
        r"\b(?:it['’]?s|this is|is|have|having) an? (?:\w+ )?emergency\b(?! (?:appointment|dentist|slot))|"
        r"^\W*emergency\W*$|"
        r"\bambulance\b|\bcan['’]?t breathe\b|\bunconscious\b|\bheart attack\b|\bstroke\b|\bcollapsed\b|"
        r"\bbleeding (?:heavily|badly|a lot)\b|\b(?:kill|hurt) myself\b|\bsuicid\w*|\bend my life\b"
    ),
    "minutes": (
        r"\b(\d{1,3}) ?(?:min\b|mins\b|minutes?|m\b|')|\b(five|ten|fifteen|twenty|thirty|forty) ?(?:min\b|mins\b|"
        r"minutes?)|"
        r"\b(quarter of an hour|half an hour|an hour)\b"
    ),
}

MINUTES = {
    "five": 5,
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "quarter of an hour": 15,
    "half an hour": 30,
    "an hour": 60,
}
