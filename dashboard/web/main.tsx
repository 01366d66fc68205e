import './jitless.ts';
import 'uplot/dist/uPlot.min.css';
import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { InLanguage } from './texts/index.tsx';

const place = document.getElementById('page');
if (place !== null) {
  // In a task of its own: the program has just been read in, and both together would keep the page from answering.
  setTimeout(() =>
    render(
      <InLanguage>
        <App />
      </InLanguage>,
      place,
    ),
  );
}
