// Looks through the months' indexes beside this page, newest first; a month is fetched when it is needed.
(function(d){
function by(i){return d.getElementById(i)}
function fold(t){return t.normalize("NFD").replace(/[\u0300-\u036f]/g,"").toLowerCase()}
var f=d.querySelector(".find"),s=f.dataset,hits=by("hits"),back=by("back"),said=by("said"),words,month,run=0;
if(!s.newest)return;
f.hidden=false;by("without").hidden=true;
function before(m){var y=+m.slice(0,4),n=+m.slice(5)-1;return n?y+"-"+("0"+n).slice(-2):y-1+"-12"}
function show(i){var l=d.createElement("li"),t=d.createElement("time"),a=d.createElement("a");
t.textContent=i[0];a.href="../"+i[0]+"/index.html#i"+i[1];a.dir="auto";
a.textContent=(i[3]?i[3]+": ":"")+i[4].slice(0,300);l.append(t,a);hits.append(l)}
function look(mine,found){
if(mine!=run)return;
if(month.slice(0,4)<s.oldest){said.textContent=hits.firstChild?"":s.none;back.hidden=true;return}
if(found>19){back.hidden=false;return}
var m=month;month=before(m);
fetch(m+".json").then(function(r){return r.ok?r.json():{items:[]}}).catch(function(){return{items:[]}}).then(function(j){
if(mine!=run)return;
j.items.forEach(function(i){var t=fold(i[3]+" "+i[4]);if(words.every(function(w){return t.indexOf(w)>-1})){found++;show(i)}});
look(mine,found)})}
f.addEventListener("submit",function(e){e.preventDefault();
words=fold(f.querySelector("input").value).split(/\s+/).filter(Boolean);
hits.textContent=said.textContent="";back.hidden=true;month=s.newest;if(words.length)look(++run,0)});
back.addEventListener("click",function(){back.hidden=true;look(++run,0)})
})(document)
