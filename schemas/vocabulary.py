"""Every coded value of the contract, with its meaning and, for measures, the units that fit it.

Nothing is imported but `enum`, so that the extraction library can use these codes without frames or databases.
A new code goes here (and into its lexicon); the models, the DDL and the data dictionary follow by themselves.
"""

from enum import StrEnum


class Code(StrEnum):
    """A coded value that knows its meaning: `Measure.RANSOM == "ransom"` and `Measure.RANSOM.meaning`."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> "Code":
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class Unit(Code):
    """What a figure's value counts; money is counted in a currency instead (`CURRENCIES`)."""

    PERSON = "person", "people"
    RECORD = "record", "records, accounts, rows, files, messages, cards, credentials"
    ORGANIZATION = "organization", "firms, schools, agencies, sites"
    SYSTEM = "system", "servers, devices, terminals, stores"
    BYTE = "byte", "bytes, decimal: 9GB is 9e9"
    HOUR = "hour", "hours"
    DAY = "day", "days; a week is 7, a month 30, a year 365"
    PERCENT = "percent", "percentage points of something: half is 50"
    ITEM = "item", "anything else that is counted"


BITCOIN = "BTC"
_ISO_4217 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES = (*_ISO_4217.split(), BITCOIN)
UNITS = (*(unit.value for unit in Unit), *CURRENCIES)


class Measure(Code):
    """What a figure measures; `units` are the units that fit it."""

    PEOPLE_AFFECTED = "people_affected", "everyone whose data was exposed, as the source totals them"
    PEOPLE_SUBSET = "people_subset", "a part of them, singled out: in custody, in one state, with passports exposed"
    PEOPLE_RESPONDED = (
        "people_responded",
        "people that an action after the incident was taken for: notified, released, offered monitoring, under review",
    )
    RECORDS_EXPOSED = "records_exposed", "records, accounts, rows, files, messages, cards, credentials"
    VOLUME_EXPOSED = "volume_exposed", "gigabytes and the like"
    ORGANIZATIONS_AFFECTED = "organizations_affected", "firms, schools, agencies, sites"
    SYSTEMS_AFFECTED = "systems_affected", "servers, devices, terminals, stores, sites"
    EXPOSURE_DURATION = "exposure_duration", "how long the data was open or the intruder inside"
    RANSOM = "ransom", "demanded or paid, or the price asked for the data"
    LOSS = "loss", "what it cost or what was stolen"
    PENALTY = "penalty", "a fine or settlement"
    SHARE = "share", "a percentage or fraction of something above"
    BACKGROUND = (
        "background",
        "about something other than an incident of this article: border crossings a year, other years' totals",
    )
    OTHER = "other", "about the incident, and none of the above"

    @property
    def units(self) -> tuple[str, ...]:
        """The units that fit this measure, e.g. `("hour", "day")`; every unit for `background` and `other`."""
        return _UNITS_OF.get(self, UNITS)


_UNITS_OF: dict[Measure, tuple[str, ...]] = {
    Measure.PEOPLE_AFFECTED: (Unit.PERSON.value,),
    Measure.PEOPLE_SUBSET: (Unit.PERSON.value,),
    Measure.PEOPLE_RESPONDED: (Unit.PERSON.value,),
    Measure.RECORDS_EXPOSED: (Unit.RECORD.value,),
    Measure.VOLUME_EXPOSED: (Unit.BYTE.value,),
    Measure.ORGANIZATIONS_AFFECTED: (Unit.ORGANIZATION.value,),
    Measure.SYSTEMS_AFFECTED: (Unit.SYSTEM.value,),
    Measure.EXPOSURE_DURATION: (Unit.HOUR.value, Unit.DAY.value),
    Measure.RANSOM: CURRENCIES,
    Measure.LOSS: CURRENCIES,
    Measure.PENALTY: CURRENCIES,
    Measure.SHARE: (Unit.PERCENT.value,),
}


class Qualifier(Code):
    """How the wording bounds the number N."""

    EXACT = "exact", "the number itself: low = high = N"
    ABOUT = "about", "about, approximately, around, some N: N ± 10 %"
    NEARLY = "nearly", "nearly, almost, just under N: 0.9 N to N"
    AT_LEAST = "at_least", "at least N, and bare plurals (dozens, thousands): N to open"
    MORE_THAN = "more_than", "more than, over N: N to open; just over N: N to 1.1 N"
    AT_MOST = "at_most", "up to, as many as, within N: open to N"
    LESS_THAN = "less_than", "fewer than, less than, under N: open to N"
    RANGE = "range", "between A and B: A to B, with no value"


class EventKind(Code):
    """What a date of the text is the date of."""

    OCCURRED = "occurred", "the exposure happened"
    BEGAN = "began", "the exposure or intrusion began"
    ENDED = "ended", "the exposure or intrusion ended"
    DISCOVERED = "discovered", "someone noticed it"
    DISCLOSED = "disclosed", "it was made public"
    NOTIFIED = "notified", "those affected or an authority were told"
    REPORTED = "reported", "it was reported, to an authority or by the press"
    DATA_AS_OF = "data_as_of", "the day that the exposed data describe"
    RESPONDED = "responded", "something was done about it"
    OTHER = "other", "anything else, also dates of no incident"


class DataType(Code):
    """A kind of data said to be exposed."""

    NAME = "name", "names of people"
    DATE_OF_BIRTH = "date_of_birth", "birth dates, and ages exposed as data"
    POSTAL_ADDRESS = "postal_address", "home or mailing addresses"
    LOCATION = "location", "where someone is or was: positions, places of detention"
    EMAIL = "email", "e-mail addresses"
    PHONE = "phone", "telephone numbers"
    GOVERNMENT_ID = "government_id", "social security, passport, licence, tax and case numbers"
    PAYMENT_CARD = "payment_card", "credit and debit card numbers, expiry dates, security codes"
    BANK_ACCOUNT = "bank_account", "bank account and routing numbers"
    FINANCIAL = "financial", "income, credit, tax, transactions, insurance"
    CREDENTIAL = "credential", "usernames, accounts, passwords, hashes, tokens, keys"
    MEDICAL = "medical", "diagnoses, treatments, test results, health insurance"
    BIOMETRIC = "biometric", "fingerprints, faces, voices, genes as identifiers"
    PHOTO = "photo", "photographs of people"
    IMMIGRATION = "immigration", "nationality status, visa, asylum and detention data"
    EMPLOYMENT = "employment", "jobs, salaries, personnel files"
    EDUCATION = "education", "grades, enrolment, school files"
    COMMUNICATION = "communication", "e-mails, messages, call records"
    BEHAVIOR = "behavior", "what people do: browsing, purchases, preferences, travel"
    IP_ADDRESS = "ip_address", "network addresses of people's devices"
    SOURCE_CODE = "source_code", "program code and tools"
    INTERNAL_DOCUMENT = "internal_document", "papers of an organization not meant for the public"
    MEDIA = "media", "films, music, scripts, images that are a work"
    PERSONAL_UNSPECIFIED = "personal_unspecified", "personal data without a kind"
    OTHER = "other", "any other data"


class PartyKind(Code):
    """What a party is."""

    ORGANIZATION = "organization", "a firm, agency, court, school, association"
    PERSON = "person", "a natural person"
    GROUP = "group", "a gang, a movement, a class of people"
    PLACE = "place", "a country, state, city"


class PartyRole(Code):
    """What a party has to do with the incident."""

    CUSTODIAN = "custodian", "held the data that was exposed"
    ATTACKER = "attacker", "took or published the data, or claims to have"
    AFFECTED = "affected", "whose data or systems were exposed"
    AUTHORITY = "authority", "regulator, police, court, lawmaker"
    RESPONDER = "responder", "investigates, repairs or helps"
    SPEAKER = "speaker", "is quoted, and has no other role"
    MEDIA = "media", "reported it"
    OTHER = "other", "any other role"


class ResponseAction(Code):
    """What was done about an incident."""

    NOTIFIED = "notified", "told those affected or an authority"
    INVESTIGATED = "investigated", "investigates, or ordered an inquiry"
    REMOVED_DATA = "removed_data", "took the data or the page down"
    APOLOGIZED = "apologized", "apologized"
    RESET_CREDENTIALS = "reset_credentials", "reset passwords, keys or cards"
    OFFERED_MONITORING = "offered_monitoring", "offered credit or identity monitoring"
    LAW_ENFORCEMENT = "law_enforcement", "called in the police, or was searched, arrested, charged"
    FIXED = "fixed", "closed the hole, changed the procedure"
    RELEASED_PEOPLE = "released_people", "released people from custody"
    HALTED = "halted", "stopped an operation or a service"
    RETRIEVED_DATA = "retrieved_data", "got data back, or asked others to destroy copies"
    SUED = "sued", "went to court"
    REGULATED = "regulated", "a regulator or legislature asked, ordered or fined"
    OTHER = "other", "anything else done about it"


class ActionKind(Code):
    """VERIS action: what kind of act exposed the data."""

    ERROR = "error", "a mistake: mis-sent, misconfigured, published, lost"
    HACKING = "hacking", "circumvented security"
    MALWARE = "malware", "malicious software"
    SOCIAL = "social", "deceived people"
    MISUSE = "misuse", "used entrusted access for something else"
    PHYSICAL = "physical", "theft, skimming, looking on"
    ENVIRONMENTAL = "environmental", "fire, water, failure of power"
    UNKNOWN = "unknown", "the text does not say"


class ActorKind(Code):
    """VERIS actor: who exposed the data."""

    EXTERNAL = "external", "someone outside"
    INTERNAL = "internal", "the custodian's own people"
    PARTNER = "partner", "a supplier or partner of the custodian"
    UNKNOWN = "unknown", "the text does not say"


class ExposureStatus(Code):
    """How sure it is that data got out."""

    CONFIRMED = "confirmed", "the custodian or an authority says so, or the data were seen"
    POSSIBLE = "possible", "data may have been seen"
    CLAIMED = "claimed", "by the attacker or a seller alone"
    DENIED = "denied", "claimed, and the custodian denies it"
    UNKNOWN = "unknown", "the text does not say"


class DiscoveryMethod(Code):
    """VERIS discovery method: who noticed the incident."""

    EXTERNAL = "external", "someone outside: researcher, customer, police, press, the attacker"
    INTERNAL = "internal", "the custodian itself"
    PARTNER = "partner", "a supplier or partner of the custodian"
    UNKNOWN = "unknown", "the text does not say"


class Relation(Code):
    """How an article relates to an incident."""

    MAIN = "main", "reports it"
    FOLLOW_UP = "follow_up", "reports what came of it"
    MENTION = "mention", "recalls it"


class ReconciliationStatus(Code):
    """What the figures of one measure say, held against each other."""

    SINGLE = "single", "one figure"
    CORROBORATED = "corroborated", "several sources, the same number"
    COMPATIBLE = "compatible", "several numbers that can all be true"
    CONFLICTING = "conflicting", "numbers that cannot all be true"
    ADDS_UP = "adds_up", "parts that sum to a stated total"
    DOES_NOT_ADD_UP = "does_not_add_up", "parts that miss the stated total"


class Stage(Code):
    """The stage that rejected a row."""

    INGEST = "ingest", "a file or line that became no article"
    EXTRACT = "extract", "a finding that broke its schema"
    RESOLVE = "resolve", "an incident-level row that broke its schema"
    PUBLISH = "publish", "a row whose article or incident is not published"


class Basis(Code):
    """Where a publication date comes from."""

    METADATA = "metadata", "delivered with the article"
    TEXT = "text", "read from the text's dateline"


class Sector(Code):
    """NAICS sector of the custodian, two digits."""

    AGRICULTURE = "11", "agriculture, forestry, fishing and hunting"
    MINING = "21", "mining, quarrying, oil and gas extraction"
    UTILITIES = "22", "utilities"
    CONSTRUCTION = "23", "construction"
    MANUFACTURING_FOOD = "31", "manufacturing: food, textiles"
    MANUFACTURING_MATERIAL = "32", "manufacturing: wood, paper, chemicals, plastics"
    MANUFACTURING_METAL = "33", "manufacturing: metal, machinery, electronics, vehicles"
    WHOLESALE = "42", "wholesale trade"
    RETAIL = "44", "retail trade: stores"
    RETAIL_OTHER = "45", "retail trade: general merchandise, online"
    TRANSPORT = "48", "transportation"
    POSTAL = "49", "postal, courier and warehousing"
    INFORMATION = "51", "information: publishing, media, telecommunications, online services, hosting"
    FINANCE = "52", "finance and insurance, credit bureaus are in 56"
    REAL_ESTATE = "53", "real estate, rental and leasing"
    PROFESSIONAL = "54", "professional, scientific and technical services"
    HOLDINGS = "55", "management of companies"
    ADMINISTRATIVE = "56", "administrative and support services, credit bureaus"
    EDUCATION = "61", "educational services"
    HEALTH = "62", "health care and social assistance"
    ENTERTAINMENT = "71", "arts, entertainment and recreation"
    HOSPITALITY = "72", "accommodation and food services"
    OTHER_SERVICES = "81", "other services, associations"
    PUBLIC = "92", "public administration"
