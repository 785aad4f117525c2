import { createRoot } from 'react-dom/client';
import { trees } from './api/tree';
import { App } from './app/App';
import './design/tokens.css';
import './app/shell.css';

// Asked before the first paint: the page fills as soon as it stands.
void trees.start();
createRoot(document.getElementById('root')!).render(<App />);
