"""Invented news about invented incidents, as much as is asked for and the same every time."""

from random import Random

FIRMS = ("Northgate", "Alder", "Bluewater", "Cobalt", "Fenwick", "Harrow", "Juniper", "Kestrel", "Lowell", "Marlow")
KINDS = ("Clinic", "Bank", "Airlines", "University", "Insurance Group", "Department of Revenue", "Hotels", "Software")
PEOPLE = ("Ann Lee", "Bob Raymond", "Carla Ortiz", "David Osei", "Elena Petrova", "Farid Khan", "Grace Whitfield")
DATA = ("names", "e-mail addresses", "Social Security numbers", "hashed passwords", "credit card numbers", "birthdates")
DAYS = ("on Thursday", "last month", "on March 3, 2021", "late last year", "in 2019", "between May and July 2020")
COUNTS = ("about 2.3 million", "more than 40,000", "6,200", "nearly 1,500", "up to 12,000", "dozens of", "1.2bn")
UNITS = ("customers", "patients", "records", "accounts", "employees", "students", "guests")
SENTENCES = (
    "{firm} said {day} that hackers had stolen the {data} and {data2} of {count} {unit}.",
    "“We take the protection of our {unit} very seriously,” said {person}, a spokesperson for {firm}.",
    "The company learned of the breach {day}, after a researcher, {person}, found an open database.",
    "It is offering a year of credit monitoring to the {count} {unit} concerned, {firm} said.",
    "No {data} were taken, according to a statement that {firm} published {day}.",
    "Regulators fined {firm} ${million} million {day2} for an earlier incident that exposed {count} {unit}.",
    "The attackers asked for {million} bitcoin and published {gigabytes}GB of documents {day}.",
    "{person} told reporters: “This was a mistake, and {count} {unit} have a right to know.”",
    "Shares of {firm} fell {percent} percent, and analysts expect revenue of ${million}m this year.",
    "Its systems were open for about five hours, and the {data} of {count} {unit} could be seen by anyone.",
)


def article(number: int) -> str:
    """The article with this number: some 2,500 characters in paragraphs of two to four sentences."""
    dice = Random(number)
    firm = f"{dice.choice(FIRMS)} {dice.choice(KINDS)}"
    other = f"{dice.choice(FIRMS)} {dice.choice(KINDS)}"
    paragraphs = []
    for _ in range(8):
        about = firm if dice.random() < 0.8 else other
        paragraphs.append(" ".join(_sentence(about, dice) for _ in range(dice.randint(2, 4))))
    return "\n\n".join(paragraphs) + "\n"


def prose(size: int) -> str:
    """The first `size` characters of all articles, one after the other."""
    text: list[str] = []
    length = 0
    while length < size:
        text.append(article(len(text)))
        length += len(text[-1])
    return "".join(text)[:size]


def _sentence(firm: str, dice: Random) -> str:
    return dice.choice(SENTENCES).format(
        firm=firm,
        person=dice.choice(PEOPLE),
        data=dice.choice(DATA),
        data2=dice.choice(DATA),
        day=dice.choice(DAYS),
        day2=dice.choice(DAYS),
        count=dice.choice(COUNTS),
        unit=dice.choice(UNITS),
        million=dice.randint(1, 90),
        percent=dice.randint(2, 30),
        gigabytes=dice.randint(2, 900),
    )
