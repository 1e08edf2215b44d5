"""English."""

from agents.runtime.outgoing.wording import Wording

WORDING = Wording(
    code="en",
    function_words=(
        "a soon you've you'll we've we'll it's that's i'll don't there's monday tuesday wednesday thursday "
        "friday saturday sunday january february june july october december "
        "always but very there also tomorrow day today until they them those these when then still she he his "
        "her by as any all i we "
        "the you your is are and to of for with have has on at in it that this we our will can i'm you're "
        "i've please be been not from my me an or if just let know see was would like here"
    ),
    noun=(
        r"(?:appointments?|bookings?|reservations?|visits?|slots?|spots?|places?|sessions?|times?|check-?ups?|seats?)"
    ),
    claims={
        "booked": (
            r"booked(?!\s+(?:up|out|by))|rebooked|scheduled|pencill?ed|slotted|squeezed you in|locked (?:it )?in"
            r"|(?:put|got|have|wrote|marked|noted|fitted|fit|popped|added|signed) you (?:in|down|up|to)|you'?re (?:in"
            r"|down)\b(?= (?:for|at|on|our|the)|[!.,]|$)|you are (?:in|down)(?= (?:for|at|on|our|the)|[!.,]|$)"
            r"|in (?:the|our) (?:diary|calendar|book|books|schedule|system)|made (?:an?|the|your|that"
            r"|this) (?:\w+ ){0,2}(?:appointment|booking|reservation)|{noun} (?:(?:is|are|was|were|has|have|been|being"
            r"|now|all|both|each|successfully|just|already|officially|also|'s|'re)\s+){0,5}(?:made|created|confirmed"
            r"|secured|arranged|set|fixed|completed?|done|in place|yours|placed|finali[sz]ed|locked|registered|entered"
            r"|recorded|logged|successful|guaranteed|sorted|set up|good to go)|(?:is|are|been|now|i've|we've|have|i|we"
            r"|booking|appointment) (?:just |now |been |all |both )*confirmed|confirmed (?:for|on|your|the|you|at"
            r"|with)|confirmed|(?:booking|appointment|reservation) confirmation|secured|(?:is|are) (?:all )?yours"
            r"|see you then|you (?:now |already |do )*have an appointment|(?:you've|you have) got an appointment"
            r"|i've arranged|i have arranged|have arranged|arranged (?:it|an?|the|your)|signed up"
        ),
        "reserved": (
            r"reserved|(?:holding|keeping|held|kept|saved|saving|blocked|blocking)(?: \w+){0,3} (?:for you|open)"
            r"|set aside"
        ),
        "moved": (
            r"moved(?! (?:to|into) (?:a )?(?:new|our) (?:premises|address|location|building))|rescheduled|re-scheduled"
            r"|pushed (?:it |that |your \w+ )?(?:back|forward|out)|brought (?:it |that |your \w+ )?forward|postponed"
            r"|switched|swapped|shifted|rearranged|re-arranged|transferred|rescheduling (?:is )?(?:complete|done"
            r"|confirmed)"
        ),
        "cancelled": (
            r"no longer exists?|removed from (?:the|our|your) (?:calendar|schedule|diary|system|books)"
            r"|is off(?=[.,!]|$)|cancell?ed|called off|cancell?ation (?:is |has been |has |was )*(?:confirmed"
            r"|complete|completed|done"
            r"|processed|gone through|successful|recorded)|off the (?:books|schedule|calendar|diary)|taken you (?:off"
            r"|out)|took you (?:off|out)|no longer (?:booked|scheduled|have an appointment|on the (?:schedule"
            r"|calendar))|scrapped|scratched|struck off|freed up your|released your|wiped"
        ),
        "undone": (
            r"undone|undid|taken (?:it |that |this )?back|(?:put|got|brought) (?:it |that |your \w+ )?back|reinstated"
            r"|restored|reverted|reversed|reactivated|(?:stands|is on|active) again"
        ),
        "done": (
            r"done deal|it's a deal|all done|all set|all sorted|(?:that's|it's|that is|it is"
            r"|is) (?:all )?(?:done|sorted|settled"
            r"|taken care of|arranged)|consider it done|(?:^|[.!,\s])done(?=[\s]*(?:[!.:,–—-]|$))|good to go"
            r"|sorted(?= (?:it|that|this|for you))|taken care of|went through|gone through"
        ),
        "waiting": (
            r"(?:put|added|placed) you on (?:the|our) wait(?:ing )?-?list|you'?re (?:now )?on (?:the"
            r"|our) wait(?:ing )?-?list|you are (?:now )?on (?:the|our) wait(?:ing )?-?list"
        ),
    },
    claims_with_moment={
        "stands": (
            r"see you|seeing you|expect(?:ing)? you|welcom(?:e|ing) you|look(?:ing)? forward to (?:seeing|welcoming"
            r"|having) you|(?:your|the|next|both) (?:[\w'&-]+ ){0,5}{noun}(?: (?:with|for) [\w.' -]{1,40})? (?:is|are"
            r"|stands?|stays?|remains?|takes? place|starts?|begins?|comes?)|your [\w'&– -]{1,40}? (?:is|stands|stays"
            r"|remains|takes place|starts|begins)(?! (?:free|available|possible))|you (?:now |still |already |do "
            r"|both )*have (?:an?|your|the|two|three|one) [\w'& -]{0,30}?(?:appointments?|bookings?|visits?|sessions?"
            r"|check-?ups?)|you'?ve got|you'?re (?:coming|due|expected|seeing|all booked)|you are (?:coming|due"
            r"|expected|seeing)|(?:we|i)(?:'ve| have) got you|you'll be (?:seeing|seen)|it'?s (?:on|at|for|now)"
            r"|it is (?:on|at|for|now)|i have you|we have you"
        ),
        "moved": r"(?:is|it's|that's) now (?:on|at)?|(?:new|revised) (?:time|date|appointment|slot) is",
    },
    claims_about_it={
        "moved": r"changed|updated|adjusted|amended|altered|modified",
        "cancelled": r"removed|deleted|dropped|withdrawn|gone|voided",
        "booked": (
            r"added|entered|registered|recorded|noted|logged|set up|organi[sz]ed|fixed|saved|put (?:it )?in|processed"
        ),
    },
    appointment=r"it|everything",
    idioms=(
        r"(?:fully|double|over|heavily|pretty|completely|all)[ -]?booked(?: up| out)?|booked (?:up|out|solid)|(?:that"
        r"|this|the) (?:\w+ )?(?:time|slot|one|spot) (?:is|was|has|'s)(?: \w+){0,2} (?:booked|taken|reserved"
        r"|gone)(?! for you)|(?:booked|taken|reserved) by (?:someone|somebody|another)\w*|no (?:problem|worries"
        r"|trouble|need to worry)(?: at all)?|not a problem|don't (?:worry|hesitate|forget)|do not (?:worry|hesitate"
        r"|forget)|not only|why not|(?:the )?(?:appointment|booking|time|one|visit) (?:that )?you(?:'ve"
        r"| have)? (?:booked|reserved|scheduled|cancelled|made)|once (?:again|more)|as soon as possible|(?:as"
        r"|like) you (?:can see|wanted|wished|asked|requested|would like)|before i forget|after (?:checking"
        r"|looking)[\w ]{0,30}?(?= (?:i|we|your)\b)|if you (?:don't|do not) mind|nothing (?:else|more"
        r"|further)[\w ]{0,25}|see you soon|time for (?:a )?(?:change|a)|somebody else has (?:just )?taken"
        r"|someone else has (?:just )?(?:taken|booked)|has (?:just )?(?:been )?(?:taken|booked) by (?:someone|somebody"
        r"|another)[\w ]*|to be honest|no later than|(?:confirmed|booked) (?:patients?|clients?)"
    ),
    lead_ins=(
        r"(?:i|we)(?:'m| am|'re| are)? (?:happy|pleased|glad|delighted|able|very happy) to (?:confirm|say|tell you"
        r"|let you know|inform you|report)(?: that)?|(?:i|we) can (?:now |already |happily |also )?(?:confirm|see"
        r"|tell you|let you know|say)(?: that)?(?= (?:you|your|it|the|that|everything|both|all)\b(?! \w+ if\b))|(?:i"
        r"|we)(?:'d| would) like to (?:confirm|let you know|tell you|inform you)(?: that)?(?= (?:you|your|it|the|that"
        r"|everything)\b)|(?:i |we )?(?:just )?want(?:ed)? to (?:confirm|let you know|tell you)(?: that)?"
        r"|just to (?:confirm|let you know)(?: that)?|to confirm(?=[:, ])|let me confirm(?: that)?(?= (?:you|your|it"
        r"|the)\b)|can confirm(?: that)?(?= (?:you|your|it)\b)"
    ),
    denials=(
        r"not|\w+n't|never|no|nothing|none|nobody|neither|nor|cannot|can|could|would|should|shall|may|might|must|will"
        r"|\w+'ll|\w+'d like|going to|to be|to get|to have|needs?|want(?:s|ed)?|wish|wanting|let me|try(?:ing)?|unable"
        r"|ready to|able to|rather than|instead of|without|being|about to|getting|hardly|nearly|almost|have to"
        r"|(?:make|making|be|am|i'm|not) sure"
        r"|hope|like to|asked|gets?|how to|every other|anything|fail(?:ed|s)?"
    ),
    conditions=(
        r"if|unless|once|until|till|before|whether|as soon as|in case|provided|should you|whenever|only (?:when|after"
        r"|if)|when you(?:'ve| have)?|in order to|as long as"
    ),
    provisos=(
        r"(?:only )?(?:once|if|when|after|as soon as|unless|until) (?:you|we|i|the team|that|it)(?:'ve|'re| have| say"
        r"| confirm| agree| reply| tell| want| like| accept| need|\b)|yet|if|or (?:cancelled|moved)"
    ),
    offers=(
        r"free|available|availability|openings?|offer|vacant|vacanc\w+|options?|possib\w+|possible|could|can|would|may"
        r"|might|how about|what about|suit\w*|suggest\w*|propos\w+|choose|pick|prefer|either|or|nearest|earliest"
        r"|soonest|alternativ\w+|next (?:times?|slots?|one|free|opening)|times?(?= (?:are|is|i|we|that|on|for|in|this"
        r"|next|:)|:)|slots?|let me know|tell me|have (?:these|the following|an?|two|three|some|several|room|space"
        r"|time)|there(?:'s| is| are)|shall|if|want|wish|like|just (?:say|reply|send|write)|say (?:yes|so)|reply"
        r"|works?|fits?|still open|gap|instead|will|\w+'ll|to (?:book|move|confirm|hold|take)"
    ),
    wishes=(
        r"you (?:asked|wanted|said|mentioned|wrote|requested|suggested|told|preferred|would like|wish|meant"
        r"|were asking|were hoping|proposed)|you(?:'d| would| had)(?: like| prefer| asked| wanted)?|you're (?:asking"
        r"|looking|after)|you are (?:asking|looking|after)|your (?:request|wish|message|question|preference)"
        r"|check(?:ing)?(?!-? ?ups?)|look(?:ing)?(?: for| at| into| up)?|let me|have a look|find(?:ing)?"
        r"|search(?:ing)?|see (?:if"
        r"|what|whether)|understood|got it|noted|so you|pass(?:ed|ing)? (?:it|this|that|on)|ask(?:ed|ing)? (?:the team"
        r"|our team|them|for)|the team|as requested|for you to|to clarify|you mean"
    ),
    asks=(
        r"names?|book\w*|reserve|schedul\w+|confirm\w*|move|reschedule|change|cancel\w*|keep|hold|suit\w*|works?|ok"
        r"|okay|right|correct|prefer|which|fine|good|take|agree|happy|go ahead|convenient|fit|would you like (?:it"
        r"|that|one|this|me to)|like (?:me to|one|that|it|this|to (?:have|take))|want (?:it|that|me to|one)|sound"
        r"|do(?:es)? (?:that|this|it|one)|shall i|can you make|best|instead|proceed|go with"
    ),
    joins=r"and|but|so|though|although|while|whereas|because|which|then|however|or",
    costs=(
        r"costs?|(?:price|fee|charge|cost|total) (?:is|of|will be|for \w+ is)|priced at|comes to|charge[ds]?(?: you)?"
        r"|it's only|pay"
    ),
    free=(
        r"free of charge|for free(?=\s*(?:[.,!]|$))|costs? (?:you )?nothing|no charge|complimentary"
        r"|always free|at no cost|without charge"
        r"|is free(?= for (?:everyone|new|all|you|children|our))"
    ),
    is_a=r"(?:,? which)? ?(?:is|was|falls on|will be) (?:an? |the )?",
    with_whom=r"with|see|seeing|by|to see",
    where=(
        r"(?:our|the|new) (?:\w+ )?(?:address|location|practice|clinic|salon) is(?: at| in| on)?|(?:you(?:'ll| will"
        r"| can)? )?find us(?: at| in| on)?|we(?:'re| are) (?!on the same page)(?:located|based|situated"
        r"|found)(?: at| in| on)?|we(?:'re"
        r"| are) (?!on the same)(?:at|in|on)|located (?:at|in|on)|come to us (?:at|in|on)|address:"
    ),
    numbers={
        "zero": 0,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "sixteen": 16,
        "seventeen": 17,
        "eighteen": 18,
        "nineteen": 19,
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
        "hundred": 100,
        "thousand": 1000,
    },
)
