// Optional: who follows a link to an item that a later part of the page holds, is there at once.
(function(a){if(a&&a.pathname&&a.closest(".parts"))location.replace(a.href)})(document.getElementById(location.hash.slice(1)));
