"""The small words every text of a language is full of, and the letters its neighbours have not."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "en": "no the of and to in is are was were that with for from have has been by at on it this they "
    "their which who will would not but after there all also more two into people said be as an "
    "he we our its or than over",
    "es": "el la los las de del que en y por con para una un se su al lo es más como pero sus fue han "
    "hay muy sin sobre este esta entre cuando todo nos según desde también está donde ya tras "
    "ha son hasta fueron dos anoche ayer hoy habrá había personas agua tres menos varios sido "
    "ciudad carretera policía gobierno escuela heridos vecinos dijo anunció puente ejército "
    "fuentes locales nadie cerca casas cerrado cerrada abre ministro sabe cuántos aún informes",
    "fr": "le la les des de du et est dans pour que qui une un par sur avec sont au aux ce pas plus "
    "ne se il elle ont été mais nous cette leur selon après deux ses ils être fait où sans "
    "entre depuis a en ces comme à trois personnes très était étaient encore tous toute d'un "
    "d'une qu'il n'est c'est y ville route police gouvernement école eau blessés hier "
    "aujourd'hui personne sources locales pont armée confirmé déclaré annoncé près fermé fermée "
    "maire habitants hôpital",
    "de": "der die das und ist den von zu mit nicht ein eine für auf dem des im sich auch werden "
    "wurde wurden nach bei aus hat haben sind wird noch über einer einem als es wie an um zum "
    "zur aber oder nur am in vor keine menschen stadt straße polizei regierung schule wasser "
    "gestern heute niemand sagte laut zwei drei wieder brücke armee soldaten alle bis gibt ihre "
    "sollen wir verletzte angeblich offenbar gesperrt quellen lokale berichten uhr",
    "pt": "o os as do da dos das em no na nos nas que não uma um para com por foi mais como mas ao "
    "sua seu são está foram pela pelo há também já entre ou ser até após segundo de e se quando "
    "sobre dois ainda num numa pessoas casas cidade estrada polícia governo escola água feridos "
    "moradores disse anunciou ontem hoje hospital presidente prefeito ponte perto aos fontes "
    "locais fechada aberta ninguém segunda",
    "it": "il lo gli di che è e la per un una con non sono del della dei delle nel nella alla al da "
    "si ha hanno come più anche ma dal dalla stato stata sul sulla dopo questo questa fra loro "
    "due nei ai secondo essere i le in persone città strada polizia governo scuola acqua ieri "
    "oggi feriti nessuno detto annunciato ponte esercito tre ancora fonti locali chiuso chiusa "
    "sindaco ministro",
    "pl": "i w na z do się nie jest to że o jak po od za przez dla są przy ale ma być oraz tym tego "
    "już tylko ich które który która został zostały było był jej jego pod przed między bez co "
    "we ze ponad dwa osób ludzi miasto mieście droga policja rząd szkoła wody wczoraj dziś "
    "według mieszkańców nikt powiedział ogłosił ranny rannych most armia minister jeszcze znów "
    "wojska źródła potwierdził",
    "tr": "ve bir bu için ile da de olarak daha çok gibi kadar sonra olan ise göre değil var yok "
    "ancak her o ne en ama tarafından üzerinde iki olduğu oldu edildi hem veya ya dün bugün "
    "henüz hâlâ karşı kişi kişinin yol polis hükümet şehir şehrin okul elektrik kapalı açık "
    "bakan bakanı söyledi açıkladı yaralı yeniden gece biri bazı diğer hiç kimse saat yeni "
    "belli bildirildi yerel",
    "ku": "û li di ji bi ku de ya yên her ev ew jî hat hatin kir kirin nîne ne bo lê wek da ye in "
    "piştî ser nav hemû tê dike navbera gelek tenê me wan wê vê çû ber hate hatiye bajarê gundê "
    "duh îro polîs hikûmet wezareta bajar gund rê riya birîndar kes dibêjin got ragihand xelk "
    "bû bûn nayê hîn diyar girtî dîsa herêmî rojê",
    "id": "yang dan di dari untuk dengan pada ini itu tidak akan ke adalah oleh dalam juga telah "
    "sudah karena atau masih ada orang para saat warga lebih belum kami mereka setelah sejak "
    "tersebut dua bisa hari rumah jalan kota menurut sumber rusak korban polisi pemerintah "
    "mengatakan sekolah listrik air luka tewas jelas diduga dilaporkan dibuka ditutup kembali "
    "pukul kepada bahwa seorang pasar desa mungkin",
    "sw": "ya na wa kwa ni katika za la cha vya hii huo hilo hiyo watu kuwa kutoka lakini baada kabla "
    "bado pia wakati au yake wao zaidi kama hakuna mwa huko huu jana leo wawili sana tu yao "
    "ambao ambayo wakazi mji maji barabara polisi serikali jeshi shule hospitali alisema "
    "wamesema inasemekana kwamba nyumba karibu tena wetu kijiji habari taarifa rais waziri "
    "haijulikani",
    "nl": "de het een van en in is op te dat die met voor zijn niet aan er om ook als naar bij wordt "
    "werd door uit maar nog over worden hebben heeft na tot hun deze geen meer dan",
    "sv": "och att det som en på är av för med den till inte har de ett om var i från vid eller efter "
    "men kan vi under har sig också mot blev",
    "da": "og at det som en på er af for med den til ikke har de et om var i fra ved eller efter men "
    "kan vi under blev også mod der",
    "nb": "og å det som en på er av for med den til ikke har de et om var i fra ved eller etter men "
    "kan vi under ble også mot",
    "fi": "ja on ei että se oli ovat mutta kun myös sen hän tai joka kuin ole jo vielä mukaan sekä "
    "ovat ollut",
    "ro": "și în de la cu pe că nu din este un o sunt pentru au mai fost după dar sau care prin ale "
    "lui al se către",
    "hu": "a az és hogy nem is egy van ez volt meg de csak már mint még el után vagy között szerint "
    "lesz",
    "cs": "a v se na je že s z do o to i za po pro ve jsou by od ale jako k bylo byl který které není "
    "také už podle",
    "hr": "i u je na se da su za od s o ne a koji koja što iz nije bio bi kao ali te po do nakon više "
    "ili prema",
    "vi": "và của là có không được cho trong với các những người đã này một từ đến khi về tại theo "
    "sau nhưng",
    "so": "oo iyo ka ku in la waa uu ay ee soo kale waxay waxa aan si dad badan isku",
    "az": "və bir bu üçün ilə da də olan çox sonra kimi daha isə görə deyil var yox amma",
    "uk": "і в у на не з що до та за як це від про й є для по але або він вона вони були було буде "
    "після із при щоб ще вже також через під між його її їх без наразі внаслідок",
    "ru": "и в на не с что по из за как это от о для к но или он она они были было был будет после через "
    "при чтобы ещё еще уже также его её их без до под между все из-за этого которые",
    "be": "і у на не з што да па як гэта ад для але ці ён яна яны былі было пасля пры каб яшчэ "
    "таксама яго іх без",
    "bg": "и в на не с че от за се са да по как това е до но или той тя те бяха беше след при още "
    "също без съм ще има",
    "sr": "и у на не са да је за од се су по као то до али или он она они после при још такође без "
    "који није ће",
    "ar": "في من على إلى أن عن هذا هذه التي الذي ما لا كان كانت قد لم بعد قبل مع بين كل عند حتى ولا "
    "أو ثم هو هي إن لكن خلال منذ حيث أنه تم وقد وفي ومن وهو غير بسبب",
    "fa": "و در به از که این را با است برای آن یک تا بر هم شد شده می کرد کرده بود نیز اما خود هر پس "
    "هیچ اگر ما هستند دارد باید شدند شود ها های بعد همچنین گفت",
    "ckb": "لە بۆ بە کە ئەو ئەم و لەگەڵ دوای هەموو نییە دەکات کرد کرا بوو هەیە لەو لەم هەر تا یان "
    "بەڵام پێش ناو بووە بوون لێ سەر نێوان",
    "ur": "کے میں کی ہے کا اور سے کو پر نے ہیں یہ کہ اس کر تھا بھی نہیں ایک گیا تھے ہو لیے بعد",
    "ps": "په د له چې او ته دا دي کې يې څخه سره نه هم يو کړي شوي دی وي پر هغه لپاره",
    "he": "של את על לא זה הוא היא עם כי גם או אל מן כל אבל אם יש אין הם היה היתה בין עד לפי רק אחרי "
    "לפני כן",
    "yi": "די און איז אין פון דער צו ניט מיט אויף האט דאס אַ זיך זענען פאר",
    "hi": "के में की है का और से को पर ने हैं यह कि इस कर था भी नहीं एक गया थे हो लिए बाद तक रहे गई "
    "कहा हुए",
    "mr": "आणि आहे या च्या ला ते की हे होते नाही आहेत केले एक पण मध्ये असे होता झाले",
    "ne": "र छ को मा ले का लाई भएको पनि छन् यो गर्न गरेको हो भने एक तथा थियो",
    "bn": "এবং এই ও থেকে করা হয় না যে জন্য একটি তার হয়েছে করে সঙ্গে ছিল পরে কিন্তু",
}  # fmt: skip
"""By language, apart by blanks: small words and, where those are few, words of most bulletins."""

LETTERS: Mapping[str, str] = {
    "uk": "іїєґ",
    "ru": "ыэъё",
    "be": "ўыэ",
    "sr": "јљњђћџ",
    "ckb": "ێۆڕڵەیک",
    "ur": "ٹڈڑےںہھیک",
    "ps": "ټځړښږۍڼی",
    "fa": "پچژگیک",
    "es": "ñ¿¡óáíú",
    "pt": "ãõçéáêó",
    "de": "ßüäö",
    "pl": "łżźśćńąę",
    "tr": "ğışçöü",
    "az": "ə",
    "ku": "êîûşç",
    "fr": "éèàçêœù",
    "it": "èòìàù",
    "sv": "åäö",
    "da": "åøæ",
    "nb": "åøæ",
    "fi": "äö",
    "hu": "őűéáöü",
    "cs": "řěůščžý",
    "hr": "đšžčć",
    "ro": "ățșâî",
    "vi": "đơưạếộ",
    "ar": "ةأإ",
}  # fmt: skip
"""Letters that a language has and others of its script have not."""

ALPHABETS: Mapping[str, str] = {
    "en": "éèêïçñàâôöü",
    "es": "áéíóúüñ",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüßéèà",
    "pt": "áâãàçéêíóôõúü",
    "it": "àèéìíòóùú",
    "pl": "ąćęłńóśźżé",
    "ku": "êîûşç",
    "id": "é",
    "sw": "",
    "nl": "éèëïöüáóêûçà",
    "sv": "åäöéà",
    "da": "åæøéàóô",
    "nb": "åæøéàóôò",
    "fi": "äöåšž",
    "ro": "ăâîșțşţé",
    "hu": "áéíóöőúüű",
    "cs": "áčďéěíňóřšťúůýžö",
    "hr": "čćđšž",
    "so": "",
    "tr": "çğıöşüâîû\u0307",
}
"""Letters beyond a to z that words of a language may have, names and words from elsewhere not counted."""
CLOSED_ENDED = ("en", "de", "nl")
"""Languages few of whose words end in a, i, o or u."""
