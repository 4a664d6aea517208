"""What a mailbox of server.py holds.

read.py to FOLDER…            the addresses, one a line, in the order of arrival
read.py text FILE             sender, recipient and subject, and the text, decoded
read.py check LINKS.csv KIND FOLDER    every person of the mail-merge file has one mail, which is as it should be
"""
import csv
import email
import email.header
import email.policy
import email.utils
import os
import re
import sys

SUBJECTS = {"invitation": {"fr": "Évaluation de la démarche Innovation & Performance\u00a0: votre avis",
                           "en": "Evaluation of the Innovation & Performance programme: your opinion"},
            "reminder": {"fr": "Évaluation de la démarche Innovation & Performance\u00a0: il est encore temps de "
                               "répondre",
                         "en": "Evaluation of the Innovation & Performance programme: there is still time to answer"}}
WORDS = {"fr": ["Bonjour ", "jusqu’au 31 décembre 2099 inclus", "Vos réponses sont anonymes.",
                "Ville d’Exempleville"],
         "en": ["Hello ", "until 31 December 2099, that day included", "Your answers are anonymous.",
                "Town of Exempleville"]}


def files(folder):
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".eml")]


def read(path):
    with open(path, "rb") as file:
        to, message = file.read().split(b"\n", 1)
    return to.decode(), message


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def name_of(raw):
    """The recipient's name. (The newer parser leaves blanks between the encoded words of a long one.)"""
    to = email.message_from_bytes(raw)["To"]
    name, _ = email.utils.parseaddr(to.replace("\r\n", ""))
    return str(email.header.make_header(email.header.decode_header(name)))


def check_message(raw, person, kind):
    """The mistakes of a mail to the person."""
    message = parse(raw)
    text = message.get_content().replace("\r\n", "\n")
    lines = text.split("\n")
    flowing = text.replace("\n", " ")
    language = person["language"]
    other = "en" if language == "fr" else "fr"
    name = person["name"]
    yield not message.is_multipart() and message.get_content_type() == "text/plain", "one part of text"
    yield message.get_content_charset() == "utf-8", "UTF-8"
    yield message["Subject"] == SUBJECTS[kind][language], "the subject " + str(message["Subject"])
    yield str(message["From"]) == "Mission Évaluation <evaluation@example.org>", "the sender"
    yield [address.addr_spec for address in message["To"].addresses] == [person["email"]], "the recipient"
    yield name_of(raw) == name, "the recipient's name"
    yield message["Content-Language"] == language, "the language"
    yield message["Auto-Submitted"] == "auto-generated", "that a program sends it"
    yield re.fullmatch(r"<[0-9a-f]{32}@example\.org>", message["Message-ID"]), "the Message-ID"
    yield message["Date"].datetime is not None, "the date"
    yield person["link"] in lines, "the link, whole, on a line of its own"
    yield person["code"] in flowing, "the code"
    yield all(word in flowing for word in WORDS[language]), "the words of the language"
    yield not any(word in flowing for word in WORDS[other]), "no words of the other language"
    yield not name or name in flowing, "the name"
    yield "{" not in text and "}" not in text, "no open hole"
    yield all(len(line) <= 72 or " " not in line for line in lines), "lines of at most 72 characters"
    yield raw.isascii(), "nothing but ASCII on its way"
    yield all(len(line) <= 78 for line in raw.decode().split("\r\n")), "short lines on its way"
    yield b"\n" not in raw.replace(b"\r\n", b""), "CRLF"


def check(links, kind, folder):
    with open(links, encoding="utf-8", newline="") as file:
        people = {person["email"]: person for person in csv.DictReader(file)}
    reached, ids, mistakes = set(), set(), []
    for path in files(folder):
        to, raw = read(path)
        if to in reached:
            mistakes.append(f"{to} has two mails")
        if to not in people:
            mistakes.append(f"{to} was not invited")
            continue
        reached.add(to)
        ids.add(parse(raw)["Message-ID"])
        mistakes += [f"{path}: not as it should be: {what}"
                     for good, what in check_message(raw, people[to], kind) if not good]
    mistakes += [f"{to} has no mail" for to in people.keys() - reached]
    if len(ids) != len(reached):
        mistakes.append("a Message-ID is there twice")
    return mistakes


def main():
    what, *rest = sys.argv[1:]
    if what == "to":
        for folder in rest:
            for path in files(folder):
                print(read(path)[0])
    elif what == "text":
        message = parse(read(rest[0])[1])
        print(message["From"], message["To"], message["Subject"], message.get_content(), sep="\n")
    else:
        mistakes = check(*rest)
        print("\n".join(mistakes[:20]))
        sys.exit(1 if mistakes else 0)


main()
