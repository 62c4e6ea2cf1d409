import { render } from 'preact';
import { App } from './app.tsx';
import './style.css';

// The token has become a cookie: it stays neither on the screen nor in the history.
history.replaceState(undefined, '', `/${location.hash}`);
render(<App />, document.body);
