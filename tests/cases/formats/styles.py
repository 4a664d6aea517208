"""styles.py FILE: prints the styles of a Word or OpenDocument file."""
import sys
import zipfile

archive = zipfile.ZipFile(sys.argv[1])
for name in ("word/styles.xml", "styles.xml"):
    if name in archive.namelist():
        print(archive.read(name).decode())
