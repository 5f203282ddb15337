// Buttons that copy a command. Without script they are not there; the command is.
"use strict";
(() => {
  const said = document.getElementById("said");

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Where the page may not write to the clipboard itself, it can copy what is selected.
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const isDone = document.execCommand("copy");
      field.remove();
      return isDone;
    }
  };

  for (const button of document.querySelectorAll("button.copy")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const isDone = await copy(button.parentNode.querySelector("code").textContent.trim());
      button.focus();
      button.textContent = isDone ? "Copied" : "Not copied";
      said.textContent = isDone ? "The command is on the clipboard" : "The command could not be copied";
      setTimeout(() => {
        button.textContent = label;
        said.textContent = "";
      }, 2500);
    });
  }
})();
