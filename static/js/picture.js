// <button data-picture="id of an SVG" data-picture-title="…">: saves the picture as PNG, with its title, legend and axes.
const SCALE = 2;
const MARGIN = 24;
const WIDTH = 960;
const HEIGHT = 320;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-picture]");
  if (!button) return;
  const svg = document.getElementById(button.dataset.picture);
  const canvas = await paint(svg, button.dataset.pictureTitle);
  canvas.toBlob((blob) => save(blob, `${button.dataset.pictureTitle}.png`), "image/png");
});

async function paint(svg, title) {
  const canvas = document.createElement("canvas");
  const colours = getComputedStyle(document.body);
  canvas.width = (WIDTH + 2 * MARGIN) * SCALE;
  canvas.height = (HEIGHT + 6 * MARGIN) * SCALE;
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  pen.fillStyle = getComputedStyle(svg.closest(".sheet")).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = colours.color;
  pen.font = `600 20px ${colours.fontFamily}`;
  pen.fillText(title, MARGIN, MARGIN * 1.75);
  pen.font = `14px ${colours.fontFamily}`;
  pen.fillText(document.body.dataset.businessName ?? "", MARGIN, MARGIN * 2.75);
  legend(pen, svg.id, colours.color);
  const rows = svg.dataset.rows?.split(",") ?? [];
  const left = MARGIN + (rows.length ? 48 : 0);
  const top = MARGIN * 4;
  pen.drawImage(await image(svg), left, top, WIDTH + MARGIN - left, HEIGHT);
  rows.forEach((name, place) => pen.fillText(name, MARGIN, top + ((place + 0.6) * HEIGHT) / rows.length));
  if (svg.dataset.top) pen.fillText(svg.dataset.top, MARGIN, top - 6);
  axis(pen, svg, left, top + HEIGHT + MARGIN);
  return canvas;
}

// The words below the picture on the page, spread below the picture here.
function axis(pen, svg, left, height) {
  const words = [...svg.closest("figure").querySelectorAll(".day-bars__days span, .week-hours__hours span")];
  const span = WIDTH + MARGIN - left;
  words.forEach((each, place) => {
    const share = words.length > 1 ? place / (words.length - 1) : 0;
    pen.textAlign = share === 0 ? "left" : share === 1 ? "right" : "center";
    pen.fillText(each.textContent, left + span * share, height);
  });
  pen.textAlign = "left";
}

function legend(pen, id, colour) {
  let right = WIDTH + MARGIN;
  for (const item of [...document.querySelectorAll(`[data-legend="${id}"] li`)].reverse()) {
    const width = pen.measureText(item.textContent).width;
    pen.fillText(item.textContent, right - width, MARGIN * 2.75);
    pen.fillStyle = getComputedStyle(item.firstElementChild).backgroundColor;
    pen.fillRect(right - width - 20, MARGIN * 2.75 - 11, 12, 12);
    pen.fillStyle = colour;
    right -= width + 40;
  }
}

// A picture of its own knows no style sheet: the colours of the page become attributes.
async function image(svg) {
  const copy = svg.cloneNode(true);
  const shapes = copy.querySelectorAll("rect");
  svg.querySelectorAll("rect").forEach((shape, place) => {
    const style = getComputedStyle(shape);
    shapes[place].setAttribute("fill", style.fill);
    shapes[place].setAttribute("fill-opacity", style.fillOpacity);
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", WIDTH);
  copy.setAttribute("height", HEIGHT);
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
  const drawn = new Image();
  drawn.src = url;
  await drawn.decode();
  URL.revokeObjectURL(url);
  return drawn;
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name.replace(/[^\p{L}\p{N} .–,-]/gu, "");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
