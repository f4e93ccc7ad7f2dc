"""What chat programs write where a message had no words: pictures left out, messages taken back, calls."""

from __future__ import annotations

import re
from functools import cache

_NO_WORDS = (
    r"<[^<>]{1,40}>|(?:image|video|audio|sticker|gif|document|contact card|media) omitted"
    r"|(?:this message was|you) deleted(?: this message)?\.?|missed (?:voice|video) call|null"
    r"|.{0,80}end-to-end encrypted.*|.{0,80}ende-zu-ende-verschlüsselt.*|.{0,80}chiffrés de bout en bout.*"
    r"|.{0,80}cifrad[oa]s de extremo a extremo.*|.{0,80}uçtan uca şifreli.*|.{0,80}наскрізн.{0,20}шифруван.*"
    r"|.{0,80}сквозн.{0,20}шифрован.*|.{0,80}مشفرة تماما.*"
    r"|[^\s]+\.(?:jpe?g|png|webp|gif|mp4|mov|opus|ogg|m4a|mp3|aac|pdf|vcf|docx?) \([^()]{1,40}\)"
    r"|(?:bild|foto|video|audio|sticker|gif|dokument|kontaktkarte|medien) (?:weggelassen|ausgeschlossen)"
    r"|(?:image|vidéo|audio|sticker|gif|document|médias?|fiche contact) (?:absente?s?|omise?s?)"
    r"|(?:imagen|foto|video|vídeo|audio|sticker|gif|documento|multimedia|tarjeta de contacto) omitid[oa]"
    r"|(?:görüntü|resim|video|ses|çıkartma|gif|belge|medya|kişi kartı) dahil edilmedi"
    r"|(?:зображення|відео|аудіо|стікер|gif|документ|медіафайл) (?:пропущено|вилучено)"
    r"|(?:изображение|видео|аудиофайл|стикер|gif|документ) (?:отсутствует|пропущен[оа]?)"
    r"|без (?:медіафайлів|медиафайлов)|(?:تم (?:استبعاد|حذف|إزالة)) (?:الوسائط|الصورة|الفيديو|هذه الرسالة)"
    r"|(?:diese nachricht wurde|du hast diese nachricht) gelöscht\.?|(?:ce message a été|vous avez) supprimé"
    r"(?: ce message)?\.?|(?:este mensaje fue eliminado|se eliminó este mensaje|eliminaste este mensaje)\.?"
    r"|bu mesaj silindi\.?|bu mesajı sildiniz\.?|це повідомлення (?:було )?видалено\.?"
    r"|ви видалили це повідомлення\.?|данное сообщение удалено\.?|вы удалили (?:это|данное) сообщение\.?"
    r"|لقد حذفت هذه الرسالة\.?|حذفت هذه الرسالة\.?"
    r"|verpasster? (?:sprach|video)anruf|appel (?:vocal|vidéo) manqué|(?:video)?llamada perdida.{0,20}"
    r"|cevapsız (?:sesli|görüntülü) arama|\[ ?(?:photo|video|sticker|voice message|file|gif|audio|poll) ?\]"
    r"|(?:immagine|foto|video|audio|sticker|gif|documento|media|contatto) (?:omess[oaie]|esclus[oaie])"
    r"|questo messaggio è stato eliminato\.?|hai eliminato questo messaggio\.?|messaggio eliminato\.?"
    r"|(?:imagem|foto|vídeo|áudio|figurinha|gif|documento|mídia|multimédia) (?:ocultad[oa]|omitid[oa]|oculta)"
    r"|(?:mensagem apagada|esta mensagem foi apagada|você apagou esta mensagem)\.?"
    r"|(?:obraz|zdjęcie|wideo|film|dźwięk|naklejka|gif|dokument|multimedia) (?:pominięt[oaey]|pominięto)"
    r"|(?:ta wiadomość została usunięta|ta wiadomość została skasowana|usunięto tę wiadomość)\.?"
    r"|(?:gambar|foto|video|audio|stiker|gif|dokumen|media) (?:tidak disertakan|dihilangkan)"
    r"|(?:pesan ini telah dihapus|anda menghapus pesan ini)\.?"
    r"|(?:picha|video|sauti|stika|faili) (?:imeachwa|haijajumuishwa)|ujumbe huu ulifutwa\.?"
    r"|(?:תמונה|וידאו|סרטון|שמע|מדבקה|מסמך|מדיה) (?:הושמט[הו]?|לא נכלל[הו]?)"
    r"|(?:ההודעה נמחקה|הודעה זו נמחקה|מחקת הודעה זו|מחקת את ההודעה)\.?"
    r"|(?:تصویر|عکس|ویدیو|ویدئو|صدا|استیکر|سند|فایل|رسانه) (?:حذف شد|حذف شده است|گنجانده نشده)"
    r"|(?:این پیام حذف شد|این پیام حذف شده است|شما این پیام را حذف کردید)\.?"
    r"|(?:الصورة|صورة|فيديو|الفيديو|صوت|مستند|ملصق) (?:غير مدرجة?|محذوفة?|مستبعدة?|تم حذفها?)"
    r"|(?:تم حذف هذه الرسالة|حذف هذه الرسالة)\.?"
    r"|(?:图片|图像|视频|音频|语音|贴图|表情|文档|文件|動畫|圖片|影片)(?:已省略|已忽略|省略|已略過|略過)"
    r"|\[?(?:图片|圖片|照片|视频|影片|语音|語音|动画表情|贴图|貼圖|文件|檔案)\]?|(?:此消息已删除|您已删除此消息|此訊息已刪除)。?"
    r"|(?:画像|写真|動画|ビデオ|音声|スタンプ|文書|ファイル)(?:は含まれていません|が省略されました|省略)"
    r"|\[(?:写真|動画|スタンプ|ボイスメッセージ|ファイル|アルバム)\]"
    r"|(?:この|あなたはこの)メッセージ(?:は|を)(?:削除|取り消)[^。]{0,8}。?"
    r"|(?:이미지|사진|동영상|오디오|음성|스티커|문서|파일)(?:\s?\d+장)?(?: 생략됨| 제외됨| 누락)?"
    r"|삭제된 메시지입니다\.?"
    r"|(?:이 메시지는 삭제되었습니다|메시지를 삭제하셨습니다)\.?|이모티콘"
    r"|(?:छवि|फ़ोटो|फोटो|वीडियो|ऑडियो|स्टिकर|दस्तावेज़) (?:शामिल नहीं|छोड़ा गया|छोड़ी गई).{0,4}"
    r"|यह (?:मैसेज|संदेश) (?:डिलीट कर दिया गया|हटा दिया गया).{0,6}|आपने यह (?:मैसेज|संदेश) .{0,20}"
    r"|(?:ছবি|ভিডিও|অডিও|স্টিকার|নথি) (?:বাদ দেওয়া হয়েছে|অন্তর্ভুক্ত নয়)"
    r"|এই (?:মেসেজটি|বার্তাটি) .{0,20}(?:মোছা|ডিলিট).{0,12}"
    r"|ev peyam hat(?:iye)? jêbirin\.?|te ev peyam jê bir\.?|(?:wêne|vîdyo|deng) (?:nehatiye|ne hat) .{0,12}"
    r"|\[ ?(?:фотография|фото|видео|голосовое сообщение|стикер|файл|фотографія|відео|голосове повідомлення"
    r"|foto|bild|datei|sprachnachricht|photo|vidéo|message vocal|imagen|archivo|fotoğraf"
    r"|dosya|صورة|فيديو|عکس) ?\]"
    r"|!\[[^\]]{0,60}\]\([^()\s]{1,200}\)"
)
"""In the languages of the word lists, as WhatsApp, Telegram, Signal, LINE and KakaoTalk say it."""


@cache
def no_words() -> re.Pattern[str]:
    """The pattern of them, compiled where a chat is read: most texts are none, and it takes a while."""
    return re.compile(_NO_WORDS, re.IGNORECASE)
