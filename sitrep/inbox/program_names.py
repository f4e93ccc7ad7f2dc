"""Names that editors, browsers, sync programs and systems give to files and folders of their own."""

from __future__ import annotations

import re

from sitrep.base.copy_names import COPY_WORD
from sitrep.base.patterns import lazy_pattern

_UNDER_WAY = lazy_pattern(
    r""" .*~ | \#.*\# | ~\$.* | ~syncthing~.* | .*\.sb-[0-9a-f]{6,}-\w+
    | .*\. (?: sw[a-z] | te?mp | part | partial | filepart | crdownload | opdownload | download | aria2
             | bak | orig | rej | kate-swp | lock | !sync | !ut | bts | drivedownload | driveupload )
    | .*[._](?:BACKUP|LOCAL|REMOTE|BASE)[._]\d+(?:\.\w+)?  # git mergetool """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)

# The word for a conflict in the languages of the programs that write it; the beginning is enough.
_CONFLICT_WORD = (
    r"(?:conflict|konflikt|conflit|conflitt|conflito|konflik|ristiriita|конфликт|конфлікт|çakış|çeliş|cakis|celis"
    r"|تعارض|متعارض|متضارب|تضارب|ناسازگار|התנגש|סתיר|冲突|衝突|競合|충돌|σύγκρουσ|ütköz|nakokkal)"
)
_DATED = r"\d{4}[-_.]?\d\d[-_.]?\d\d"
_CONFLICT = lazy_pattern(
    rf""" \.sync-conflict-\d{{8}}-\d{{6}}(?:-[A-Z0-9]{{7}})?  # Syncthing
    | ~(?=\d{{8}}-\d{{6}}(?:\.[^.]+)?$)\d{{8}}-\d{{6}}  # Syncthing, an older version
    | [ ]?[(\[](?=[^()\[\]]*{_CONFLICT_WORD})  # Dropbox, Nextcloud, Seafile, Drive
        (?: [^()\[\]]* (?: {_DATED} | {COPY_WORD} ) (?: [^()\[\]]* | [ ]\(\d{{1,3}}\) )
          | [^\W\d_]+ [ ]? \d{{0,3}} ) [)\]]
    | [ ]?\(case[ ]clash[ ]from[ ][^()]*\)  # Nextcloud, of two names that differ in capitals only
    | [ ]?\(\# [^()]* \#\)  # (# Name clash 2024-12-07 Xyz #)
    | _[\w.-]+_[A-Z][a-z]{{2}}-\d\d-\d{{4}}-\d{{4}}_Conflict(?=\.[^.]+$|$)  # Synology Drive
    | [_.-]conflict-(?:[\w.@+-]+-)?\d{{8}}-\d{{6}}  # ownCloud, with or without a user
    | \.conflict(?:\d{{0,3}}|[.-]{_DATED})(?=\.[^.]+$|$)  # Resilio, Unison
    | -(?:DESKTOP|LAPTOP|WIN|PC)-[A-Z0-9]{{5,}}(?:-\d+)?(?=\.[^.]+$|$)  # OneDrive: the computer's name """,
    re.IGNORECASE | re.VERBOSE,
)

_OLD_VERSION = lazy_pattern(r"~\d{8}-\d{6}(?:\.[^.]+)?$")

_SIDE_FOLDER = lazy_pattern(
    r""" \..*  # hidden on every Unix; .Trash-1000, .stversions
    | \#(?:recycle|snapshot|work|trash)\b.* | @\w.* | \$\w.* | ~snapshot.*  # network storage, Windows
    | __MACOSX | lost\+found | System[ ]Volume[ ]Information | RECYCLER | RECYCLED | DfsrPrivate
    | Network[ ]Trash[ ]Folder | Temporary[ ]Items | TheVolumeSettingsFolder | Trash(?:-\d+|es)?
    | (?:Recycle[ ]?)?Bin | Papierkorb | Corbeille | Papelera(?:[ ]de[ ]reciclaje)? | Lixeira | Cestino
    | Prullenbak | Papperskorgen | Lixo | ごみ箱 | 휴지통 | Rubbish[ ]Bin | Wastebasket | Trash[ ]Can
    | Deleted[ ]Items | Recently[ ]Deleted | FOUND\.\d{3}  # what a check of a FAT disk has found
    | Çöp[ ]Kutusu | Kosz | Кошик | Корзина | سلة[ ]المحذوفات | سلة[ ]المهملات | سطل[ ]زباله | 回收站
    | \([^()]*\b(?:TextEdit|Being[ ]Saved|wird[ ].*gesichert|enregistr|guardad|salvat|opgeslagen)[^()]*\)
    | .*\.(?:sb-[0-9a-f]{6,}-\w+|download|part|partial|crdownload) """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_BACKUP_FOLDER = lazy_pattern(
    r""" (?:[\W\d_]|(?:feeds?|site|updates?|texts?|old|alte?|full|last|auto|daily|weekly|nightly|my)[\W_])*
    (?:back[\W_]?ups? | bak | time[\W_]?machine | (?:sicherheits|sicherungs)kopien?
    | (?:daten)?sicherung(?:en)? | (?:copies?[ _-]de[ _-])?(?:sauvegardes?|secours)
    | respaldos? | copias?[ _-]de[ _-](?:seguran[çc]a|seguridad)
    | (?:copie?[ _-]di[ _-])(?:backup|sicurezza|riserva) | reservekopie(?:ën)? | kopi[ae][ _-]zapasow[ae]
    | резервн\w*[ _-]копи\w* | бэкапы? | бекапи? | резервні[ _-]копії | yede(?:k(?:ler)?|ği)
    | نسخ(?:ة)?[ _-]احتياطي(?:ة)? | پشتیبان | גיבוי(?:ים)? | cadangan | 备份 | 備份 | バックアップ | 백업 )
    (?:[\W\d_]*|[\W_]+(?:of|old|copy|from|von|vom|de|du|des|del|di|da|van|z|от|від)\b.*) """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SIDE_FILE = lazy_pattern(
    r"\..*|Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r?|\$\w.*|@\w+", re.IGNORECASE | re.DOTALL
)


def is_side_folder(name: str) -> bool:
    """True if nothing in a folder of this name is a writer's: bins, snapshots, files half saved."""
    return bool(_SIDE_FOLDER.fullmatch(name))


def is_backup_folder(name: str) -> bool:
    """True for a folder of copies, of which nobody can say whether they still are what is meant."""
    return bool(_BACKUP_FOLDER.fullmatch(name))


def is_side_file(name: str) -> bool:
    """True for files that systems keep beside others."""
    return bool(_SIDE_FILE.fullmatch(name))


def is_under_way(name: str) -> bool:
    """True for working copies of editors, downloads and sync programs."""
    return bool(_UNDER_WAY.fullmatch(name))


def is_conflict(name: str) -> bool:
    """True for the copy that a sync program makes where two people changed one file."""
    return bool(_CONFLICT.search(name))


def is_old_version(name: str) -> bool:
    """True for an earlier version that Syncthing keeps beside the file it is of."""
    return bool(_OLD_VERSION.search(name))


def without_conflict(name: str) -> str:
    """The name of the file that a conflict copy is a copy of."""
    return _CONFLICT.sub("", name)
