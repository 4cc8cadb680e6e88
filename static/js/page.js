import"./told.js";document.querySelector("[data-slug]")&&import("./keep.js"),document.getElementById("narrow")&&import("./filters.js"),navigator.serviceWorker?.controller&&import("./saved.js");
