"""What is asked besides, in English: who is answering here, about others, how old somebody is, with whoever is free."""

PATTERNS = {
    "bot": (
        r"\bare you (?:an? )?(?:\w+ )?(?:bot|robot|chatbot|human|real|ai|machine|computer|person)\b"
        r"|\b(?:is this|am i (?:talking|speaking|chatting|writing) (?:to|with)) (?:an? )?(?:\w+ )?"
        r"(?:bot|robot|chatbot|ai|machine|computer|(?:real |actual )?(?:human|person))\b|^\W*who are you\b|\bwho am "
        r"i (?:talking"
        r"|speaking) to\b"
    ),
    "ability": (
        r"\bwhat (?:can|do|could) you (?:actually |even )?(?:do|help)\b(?! for)|\bhow (?:does|do) (?:this|it|you) "
        r"work\b"
    ),
    "others": (
        r"\b(?:other|another|your) patients?(?:['’]s?)?\b|\bwho(?: else)?(?:['’]s| is| has)(?: already)? "
        r"(?:booked|coming|(?:(?:in|there) )?at\b)|\b(?:someone|somebody) else['’]s (?:appointment|booking|details"
        r"|data)\b"
    ),
    "age": (
        r"\b(?:he|she|they)(?:['’]?s| is|['’]?re| are) (?:only |just |nearly |almost |about )?\d{1,2}"
        r"(?! ?(?:[ap]\.?m|min|h\b|o['’ ]?clock|[:.]\d|days?|weeks?|hours?|late))\b|\baged? \d{1,2}\b"
        r"|\b\d{1,2}[- ]?(?:years?|yrs?|y)[- ]?(?:olds?|o)?\b|\b\d{1,2} (?:months?|weeks?) old\b"
    ),
    "wonders": (
        r"\b(?:do i (?:need|have) to|should i|must i|may i bring|can i bring|do i need (?:a|any|my|an)\w*|"
        r"what (?:do|should) i (?:need|bring|wear)|how do i register|will (?:it|that) (?:hurt|take long)|"
        r"(?:how (?:do|can|would|should) (?:i|we) (?:register|sign up|enrol|join)|how to (?:register|sign up|"
        r"join))|(?:does|is|would) (?:it|that|this) (?:hurt|painful))\b"
    ),
    "need_to_talk": (
        r"\b(?:need to|needs to|want to|wants to|have to|like to|love to|should) (?:speak|talk|chat) (?:to|with) "
        r"(?:someone|somebody|anyone|anybody)\b(?! (?:from|in|at|on) (?:your|the)\b| about (?:my|the|an?) "
        r"(?:bill|invoice|appointment|booking|account|payment|complaint|refund))"
    ),
    "unreachable": (
        r"\b(?:nobody|no one|no-one|noone|you never|you don['’]?t|you guys never) (?:ever |is |even )*(?:answers?|"
        r"answering|picks?|picking|replies|reply|responds?)(?: up)?(?: (?:the|your) (?:phone|calls))?\b"
    ),
    "so_many": (
        r"\b(?:two|2|three|3|four|4) (?:separate |different |more )?(?:appointments?|appts?|slots?|sessions?|"
        r"visits?|bookings?|fillings?|treatments?|massages?)\b"
    ),
    "all_of_them": (
        r"\bboth(?: days| of (?:them|those))?\b(?! of us)|\beach (?:day|time)\b|\band also\b|\bas well as\b"
    ),
    "loud_and": (r"(?-i:\bAND\b)"),
    "or_else": (r"\b(?:or|either)\b"),
    "suits": (
        r"\b(?:works?|suits?|(?:can|could) (?:do|make|come)|i['’]?m (?:free|around|off)|(?:are|would be|is) "
        r"(?:fine|good|ok|great|possible))\b"
    ),
    "place_or_day": r"(?!)",
    "anyone": (
        r"^\W*(?:(?:with |by )?(?:anyone|anybody|whoever(?: is|['’]s)?|no preference|i don['’]?t mind who)"
        r"(?: (?:is fine|will do|works|free|available|there|you have|of them))*(?: please| thanks| then)?)\W*$"
    ),
}

TEXTS = {
    "unreached": "I'm sorry that you couldn't reach us; I'm here to help.",
    "day_by_day": "{count} appointments, one day after the other:",
    "next_day": "And for the other day, this is free:",
    "bot": "I'm the automatic assistant of {business}, not a person. Write “person” if you'd rather talk to our team.",
    "only_yours": "I can only speak about your own appointments, not about those of other people.",
}
