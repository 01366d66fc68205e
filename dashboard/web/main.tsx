import './jitless.ts';
import 'uplot/dist/uPlot.min.css';
import './style.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { Watcher } from './watcher.ts';

const place = document.getElementById('page');
if (place !== null) {
  const watcher = new Watcher();
  render(<App watcher={watcher} />, place);
  watcher.start();
}
