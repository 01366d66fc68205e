import './jitless.ts';
import 'uplot/dist/uPlot.min.css';
import './styles/index.css';
import '../protocol.ts';
import { render } from 'preact';
import { InLanguage } from './texts/index.tsx';

const place = document.getElementById('page');
// Each in a task of its own: to read in the messages, then the views, and to draw them at once would keep the page from answering.
const { App } = await import('./app.tsx');
if (place !== null) {
  setTimeout(() =>
    render(
      <InLanguage>
        <App />
      </InLanguage>,
      place,
    ),
  );
}
