"""A mail server for tests: keeps what it accepts, a file each, in FOLDER; writes its port to FOLDER/port.

Recipients that begin with `gone` are refused for good, with `later` for now, with `full` after their text.
--drop N     the N-th text is read, and the connection dropped without a word; --take N: the same, but it is kept
--die N      the server dies while it is at the N-th text
--tls CERT KEY    offers STARTTLS, without which it takes nothing; --implicit: TLS from the first byte on
--login USER PASSWORD    takes nothing from others
--address A  where to listen (127.0.0.1)
--mails N    closes the connection politely after so many mails
"""
import argparse
import asyncio
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
arguments.add_argument("--drop", type=int, default=0)
arguments.add_argument("--take", type=int, default=0)
arguments.add_argument("--die", type=int, default=0)
arguments.add_argument("--mails", type=int, default=0)
arguments.add_argument("--tls", nargs=2)
arguments.add_argument("--implicit", action="store_true")
arguments.add_argument("--login", nargs=2)
arguments.add_argument("--address", default="127.0.0.1")
options = arguments.parse_args()
os.makedirs(options.folder, exist_ok=True)


class Handler:
    texts = 0

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        session.mails = getattr(session, "mails", 0) + 1
        if options.mails and session.mails > options.mails:
            return "421 4.7.0 enough for one connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address.startswith("gone"):
            return f"550 5.1.1 <{address}>: nobody of that name here"
        if address.startswith("later"):
            return f"451 4.7.1 <{address}>: come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.texts += 1
        if self.texts == options.die:
            os._exit(1)
        if self.texts == options.drop:
            session.dropping.transport.abort()
            return "250 OK"
        if envelope.rcpt_tos[0].startswith("full"):
            return "552 5.2.2 the mailbox is full"
        keep(envelope)
        if self.texts == options.take:
            session.dropping.transport.abort()
        return "250 OK"


def keep(envelope):
    """One file for each mail, named by its number: the recipients, a line, and the bytes as they came."""
    number = len([name for name in os.listdir(options.folder) if name.endswith(".eml")]) + 1
    path = os.path.join(options.folder, f"{number:05}.eml")
    with open(path + ".new", "wb") as file:
        file.write(" ".join(envelope.rcpt_tos).encode() + b"\n" + envelope.original_content)
    os.rename(path + ".new", path)


class Server(SMTP):
    """Lets a handler drop the connection."""

    def _create_session(self):
        session = super()._create_session()
        session.dropping = self
        return session


def authenticate(server, session, envelope, mechanism, data):
    good = [data.login.decode(), data.password.decode()] == options.login
    return AuthResult(success=good, handled=False)


def protocol(handler):
    extra = {}
    if options.tls and not options.implicit:
        extra = {"tls_context": context(), "require_starttls": True}
    if options.login:
        extra |= {"authenticator": authenticate, "auth_required": True,
                  "auth_require_tls": bool(options.tls) and not options.implicit}
    return Server(handler, **extra)


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*options.tls)
    return made


async def main():
    handler = Handler()
    server = await asyncio.get_running_loop().create_server(
        lambda: protocol(handler), options.address, 0, ssl=context() if options.implicit else None)
    path = os.path.join(options.folder, "port")
    with open(path + ".new", "w") as file:
        file.write(str(server.sockets[0].getsockname()[1]))
    os.rename(path + ".new", path)
    await server.serve_forever()


asyncio.run(main())
