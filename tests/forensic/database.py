"""An SQLite file as an attacker reads it: its bytes, page by page, without SQLite.

https://www.sqlite.org/fileformat2.html
"""
import struct

LEAF_TABLE, INNER_TABLE, LEAF_INDEX, INNER_INDEX = 0x0D, 0x05, 0x0A, 0x02


def varint(data, at):
    value = 0
    for i in range(8):
        byte = data[at + i]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + i + 1
    return value << 8 | data[at + 8], at + 9


def signed(value):
    return value - (1 << 64) if value >= 1 << 63 else value


def decode(payload):
    """The values of a record."""
    length, at = varint(payload, 0)
    types, values, body = [], [], length
    while at < length:
        kind, at = varint(payload, at)
        types.append(kind)
    for kind in types:
        if kind == 0:
            values.append(None)
        elif kind in (8, 9):
            values.append(kind - 8)
        elif kind == 7:
            values.append(struct.unpack(">d", payload[body:body + 8])[0])
            body += 8
        elif kind <= 6:
            size = (0, 1, 2, 3, 4, 6, 8)[kind]
            values.append(int.from_bytes(payload[body:body + size], "big", signed=True))
            body += size
        else:
            size = (kind - 12) // 2
            piece = payload[body:body + size]
            values.append(piece.decode("utf-8", "replace") if kind % 2 else piece)
            body += size
    return values


class Row:
    def __init__(self, rowid, payload, page, place):
        self.rowid, self.payload = rowid, payload
        self.page, self.place = page, place  # where its cell lies: the later it came, the nearer to the front
        self.values = decode(payload)


class Database:
    def __init__(self, data):
        self.data = data
        self.page_size = struct.unpack(">H", data[16:18])[0] or 65536
        if self.page_size == 1:
            self.page_size = 65536
        self.page_count = len(data) // self.page_size
        self.usable = self.page_size - data[20]
        self.tables, self.others = {}, []
        for row in self.rows(1):
            kind, name, table, root, sql = row.values[:5]
            if kind == "table" and root:
                self.tables[name] = (root, sql)
            else:
                self.others.append((kind, name, sql))

    def page(self, number):
        return self.data[(number - 1) * self.page_size:number * self.page_size]

    def cells(self, number):
        """Kind of the page, and where its cells begin, in the order of their keys."""
        page, head = self.page(number), 100 if number == 1 else 0
        kind, count = page[head], struct.unpack(">H", page[head + 3:head + 5])[0]
        first = head + (12 if kind in (INNER_TABLE, INNER_INDEX) else 8)
        return page, kind, list(struct.unpack(f">{count}H", page[first:first + 2 * count]))

    def local(self, length, leaf_table):
        """How much of a record lies in the page itself."""
        least = (self.usable - 12) * 32 // 255 - 23
        most = self.usable - 35 if leaf_table else (self.usable - 12) * 64 // 255 - 23
        if length <= most:
            return length
        local = least + (length - least) % (self.usable - 4)
        return local if local <= most else least

    def payload(self, page, at, length, leaf_table):
        local = self.local(length, leaf_table)
        if local == length:
            return page[at:at + length]
        payload, following = page[at:at + local], struct.unpack(">I", page[at + local:at + local + 4])[0]
        while following and len(payload) < length:
            overflow = self.page(following)
            payload += overflow[4:self.usable]
            following = struct.unpack(">I", overflow[:4])[0]
        return payload[:length]

    def leaves(self, root):
        page, kind, cells = self.cells(root)
        if kind in (LEAF_TABLE, LEAF_INDEX):
            return [root]
        head = 100 if root == 1 else 0
        children = [struct.unpack(">I", page[at:at + 4])[0] for at in cells]
        children.append(struct.unpack(">I", page[head + 8:head + 12])[0])
        return [leaf for child in children for leaf in self.leaves(child)]

    def rows(self, root):
        """All rows of a table with rowids, in the order of these."""
        found = []
        for leaf in self.leaves(root):
            page, kind, cells = self.cells(leaf)
            if kind != LEAF_TABLE:
                continue
            for place in cells:
                length, at = varint(page, place)
                rowid, at = varint(page, at)
                found.append(Row(signed(rowid), self.payload(page, at, length, True), leaf, place))
        return found

    def table(self, name):
        return self.rows(self.tables[name][0]) if name in self.tables else []

    def chain(self, row):
        """The further pages of a row that is too long for one."""
        page, chain = self.page(row.page), []
        _, at = varint(page, row.place)
        _, at = varint(page, at)
        at += self.local(len(row.payload), True)
        following = struct.unpack(">I", page[at:at + 4])[0] if at - row.place < len(row.payload) else 0
        while following and following <= self.page_count and following not in chain:
            chain.append(following)
            following = struct.unpack(">I", self.page(following)[:4])[0]
        return chain

    def freed(self):
        """All page numbers in the first page of the list of free pages: those that are free, then those that were
        before the last of them were taken again."""
        trunk = struct.unpack(">I", self.data[32:36])[0]
        if not trunk or trunk > self.page_count:
            return []
        numbers = list(struct.unpack(f">{self.usable // 4 - 2}I", self.page(trunk)[8:self.usable // 4 * 4]))
        while numbers and numbers[-1] == 0:
            numbers.pop()
        return numbers

    def free_pages(self):
        """The pages in no use, in the order of their list."""
        trunk, seen = struct.unpack(">I", self.data[32:36])[0], []
        while trunk and trunk <= self.page_count and trunk not in seen:
            page = self.page(trunk)
            following, count = struct.unpack(">II", page[:8])
            seen.append(trunk)
            seen += [leaf for leaf in struct.unpack(f">{count}I", page[8:8 + 4 * count]) if leaf <= self.page_count]
            trunk = following
        return seen

    def remains(self):
        """What lies in places of no use: (page, bytes that are not zero)."""
        free, found = self.free_pages(), []
        trunks = set()
        trunk = struct.unpack(">I", self.data[32:36])[0]
        while trunk and trunk <= self.page_count and trunk not in trunks:
            trunks.add(trunk)
            trunk = struct.unpack(">I", self.page(trunk)[:4])[0]
        for number in free:
            page = self.page(number)
            if number in trunks:
                page = page[8 + 4 * struct.unpack(">I", page[4:8])[0]:]
            if page.strip(b"\0"):
                found.append((number, page.strip(b"\0")))
        for number in range(1, self.page_count + 1):
            head = 100 if number == 1 else 0
            page = self.page(number)
            if number in free or page[head] not in (LEAF_TABLE, INNER_TABLE, LEAF_INDEX, INNER_INDEX):
                continue
            _, kind, cells = self.cells(number)
            first = head + (12 if kind in (INNER_TABLE, INNER_INDEX) else 8) + 2 * len(cells)
            start = struct.unpack(">H", page[head + 5:head + 7])[0] or 65536
            gap = page[first:start].strip(b"\0")
            if gap:
                found.append((number, gap))
            block = struct.unpack(">H", page[head + 1:head + 3])[0]
            while block:
                following, size = struct.unpack(">HH", page[block:block + 4])
                inside = page[block + 4:block + size].strip(b"\0")
                if inside:
                    found.append((number, inside))
                block = following
        return found


def journal_pages(data, page_size):
    """The pages that a rollback journal keeps, as they were: number → bytes."""
    pages = {}
    if data[:8] != bytes.fromhex("d9d505f920a163d7"):
        return pages
    count, _, _, sector, size = struct.unpack(">IIIII", data[8:28])
    at = sector or 512
    while at + 8 + page_size <= len(data):
        number = struct.unpack(">I", data[at:at + 4])[0]
        if number:
            pages[number] = data[at + 4:at + 4 + page_size]
        at += 8 + page_size
    return pages


def wal_frames(data):
    """The pages that a log holds, in the order of writing: (number, bytes, whether a commit ends there)."""
    frames = []
    if len(data) < 32 or data[:4] not in (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"):
        return frames
    size, at, salt = struct.unpack(">I", data[8:12])[0], 32, data[16:24]
    while at + 24 + size <= len(data):
        number, commit = struct.unpack(">II", data[at:at + 8])
        if data[at + 8:at + 16] == salt:
            frames.append((number, data[at + 24:at + 24 + size], commit != 0))
        at += 24 + size
    return frames
