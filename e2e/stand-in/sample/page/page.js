const zone = document.querySelector('#zone');
const show = (files) => {
  for (const file of files) {
    const item = document.createElement('li');
    item.textContent = `${window.sample.pathOf(file)} trusted`;
    document.querySelector('#paths').append(item);
  }
};
zone.addEventListener('dragover', (event) => event.preventDefault());
zone.addEventListener('drop', (event) => {
  event.preventDefault();
  if (event.isTrusted) show(event.dataTransfer.files);
});
document.querySelector('#input').addEventListener('change', (event) => show(event.target.files));
document.documentElement.dataset.module = 'ran';
