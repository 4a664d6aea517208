"""restyle.py FROM TO: a copy of a Word or OpenDocument file whose first headings are of the colour AA00BB."""
import re
import sys
import zipfile

source, target = (zipfile.ZipFile(path, mode) for path, mode in zip(sys.argv[1:3], "rw"))
for name in source.namelist():
    data = source.read(name)
    if name in ("word/styles.xml", "styles.xml"):
        text = data.decode()
        text, count = re.subn(r"(?i)1F4E79", "AA00BB", text)
        assert count, "no colour to change"
        data = text.encode()
    target.writestr(name, data)
target.close()
