const { contextBridge, ipcRenderer, webUtils } = require('electron');

contextBridge.exposeInMainWorld('sample', {
  ask: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  onCounted: (listener) => {
    const heard = (_event, count) => listener(count);
    ipcRenderer.on('counted', heard);
    return () => void ipcRenderer.off('counted', heard);
  },
  pathOf: (file) => webUtils.getPathForFile(file),
  nested: { list: [1, 2] },
});
