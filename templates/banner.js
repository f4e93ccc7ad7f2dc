// Optional: a file of 60 bytes says whether there is anything newer; unchanged, it answers 304.
(function(d,p){
function c(){d.hidden||fetch(p.dataset.u,{cache:"no-cache"}).then(function(r){return r.json()}).then(function(j){
if(j.id>p.dataset.k&&!p.firstChild){var a=d.createElement("a");a.href=p.dataset.h;a.textContent=p.dataset.m;p.append(a)}}).catch(function(){})}
p&&p.dataset.u&&!(navigator.connection||{}).saveData&&setInterval(c,12e4)
})(document,document.querySelector(".new"))
