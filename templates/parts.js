// Optional: who follows a link to an item that a later part of the page holds, is there at once.
(function(h,i){if(i&&(i=i.closest(".parts a")))location.replace(i.href.split("#")[0]+h)})(location.hash,document.getElementById(location.hash.slice(1)));
