// Looks through the indexes beside this page, one for each third of a month, newest first; one is loaded when it
// is needed, as a script: that is all a page may read that was opened from a stick.
// Words are compared as in sorting: without case, accents and rival spellings, and by how they begin; British
// spellings are American ones.
(function(d){
function by(i){return d.getElementById(i)}
var L={"ı":"i","ł":"l","ø":"o","đ":"d","ß":"ss","æ":"ae","œ":"oe","ى":"ي","ة":"ه","ی":"ي","ک":"ك","ґ":"г","ё":"е","ـ":""};
function fold(w){return w.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670'’ʼ._]/g,"").replace(/./g,function(c){return c in L?L[c]:c})}
function key(w){w=fold(w);if(w.length<4)return w;
return w.replace(/ou|oo/g,"u").replace(/(..)or/g,"$1ur").replace(/([iy])z(?=[aei])/g,"$1s").replace(/enc(?=e|iv)/g,"ens").replace(/([bt])re(?=s?$)/,"$1er").replace(/ogue/,"og").replace(/([phn])ae(?=[dms])/,"$1e").replace(/^grey/,"gray").replace(/([^\d])\1+/g,"$1").replace(/(?:c?[kq])+h?/g,"k").replace(/([ae])h$/,"$1")}
function stem(w){return w.length<4?w:w.replace(/(?:ings?|ed|ern?|es|en|s|e|ami|om|ów|ов|ами|ах|ой|ом|ым|ые|ий|[aiyuоыиауея])$/,"")}
function bare(w){return w.replace(/^(?:و?(?:ال|بال|لل)|[وبلك])(?=...)/,"")}
var W=/[\p{L}\p{M}\p{N}'’]+/gu;
var f=d.querySelector(".find"),s=f.dataset,hits=by("hits"),back=by("back"),said=by("said"),words,month,run=0;
if(!s.newest)return;
f.hidden=false;by("without").hidden=true;
function before(m){var y=+m.slice(0,4),n=+m.slice(5,7)-1,t=m.slice(8)-1;return t?m.slice(0,8)+t:(n?y+"-"+("0"+n).slice(-2):y-1+"-12")+"-3"}
function found(t){var seen={},at=[],m;W.lastIndex=0;
while(m=W.exec(t)){var k=key(m[0]),b=bare(k),e=key(m[0].split(/['’]/).pop());
words.forEach(function(w,n){if([k,b,e].some(function(x){return x.indexOf(w)==0})){seen[n]=1;at.push([m.index,m.index+m[0].length])}})}
return Object.keys(seen).length==words.length?at:0}
function show(i,all){var at=all.filter(function(h){return h[1]<=i[4].length}),l=d.createElement("li"),t=d.createElement("time"),a=d.createElement("a"),p=i[4],first=(at[0]||[0])[0];
var from=first>160?p.lastIndexOf(". ",first)+2:0;if(first-from>160)from=first-80;
var to=Math.min(p.length,from+280),last=from;
t.textContent=i[0];a.href="../"+i[0]+"/index.html#i"+i[1];a.dir="auto";
a.append((i[3]?i[3]+": ":"")+(from>1?"… ":""));
at.forEach(function(h){if(h[0]<last||h[1]>to)return;var m=d.createElement("mark");m.textContent=p.slice(h[0],h[1]);
a.append(p.slice(last,h[0]),m);last=h[1]});
a.append(p.slice(last,to)+(to<p.length?"…":""));l.append(t," ",a);hits.append(l)}
function load(m,then){var e=d.createElement("script"),got=[];
listed=function(j){got=j.items;got.forEach(function(i){i[6]=(i[5]||[]).map(function(n){return j.places[n]}).join(" ")})};e.onload=e.onerror=function(){e.remove();then(got)};e.src=m+".js";d.head.append(e)}
function look(mine,n){
if(mine!=run)return;
if(month.slice(0,4)<s.oldest){said.textContent=hits.firstChild?"":s.none;back.hidden=true;return}
if(n>19){back.hidden=false;return}
var m=month;month=before(m);
load(m,function(items){
if(mine!=run)return;
items.forEach(function(i){var at=found(i[4]+"\n"+i[6]);if(at){n++;show(i,at)}});
look(mine,n)})}
f.addEventListener("submit",function(e){e.preventDefault();
words=(f.querySelector("input").value.match(W)||[]).map(function(w){var k=bare(key(w));return w.length<5?k:stem(k)}).filter(Boolean);
hits.textContent=said.textContent="";back.hidden=true;month=s.newest;if(words.length)look(++run,0)});
back.addEventListener("click",function(){back.hidden=true;look(++run,0)})
})(document)
