import { render } from 'preact';
import { App } from './app.tsx';
import { showPrintableTexts } from './printable-texts.ts';
import './style.css';

// The token has become a cookie: it stays neither on the screen nor in the history.
history.replaceState(undefined, '', `/${location.hash}`);
showPrintableTexts();
render(<App />, document.body);
