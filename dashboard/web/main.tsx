import './jitless.ts';
import 'uplot/dist/uPlot.min.css';
import './styles/index.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { InLanguage } from './texts/index.tsx';

const place = document.getElementById('page');
if (place !== null) {
  render(
    <InLanguage>
      <App />
    </InLanguage>,
    place,
  );
}
