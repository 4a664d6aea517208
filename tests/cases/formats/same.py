"""same.py ONE OTHER: whether two folders hold the same files, archives as what is in them."""
import filecmp
import os
import sys
import zipfile

one, other = sys.argv[1:3]
differences = []


def listing(folder):
    return sorted(
        os.path.relpath(os.path.join(path, name), folder) for path, _, names in os.walk(folder) for name in names
    )


def contents(path):
    archive = zipfile.ZipFile(path)
    return [(name, archive.read(name)) for name in sorted(archive.namelist())]


names = [name for name in listing(one) if name not in (".bilan", "pdf.txt")]
if names != [name for name in listing(other) if name != ".bilan"]:
    differences.append("the names")
for name in names:
    paths = os.path.join(one, name), os.path.join(other, name)
    if not os.path.exists(paths[1]):
        continue
    if name.endswith((".docx", ".odt")):
        before, after = (dict(contents(path)) for path in paths)
        differences += [f"{name}: {part}" for part in before if before[part] != after.get(part)]
    elif not filecmp.cmp(*paths, shallow=False):
        differences.append(name)
for name in differences:
    print("differs:", name)
sys.exit(bool(differences))
