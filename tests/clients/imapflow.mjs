// What imapflow sees and does; imapflow.t starts it with PORT, LOGIN, PASSWORD, CERT, INJECT (a command that delivers a mail).
// Prints TAP.
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import assert from 'node:assert/strict';
import { ImapFlow } from 'imapflow';

const { PORT, LOGIN, PASSWORD, CERT, INJECT } = process.env;
let n = 0;
let bad = 0;

async function test(name, fn) {
    n++;
    try {
        await fn();
        console.log(`ok ${n} - ${name}`);
    } catch (e) {
        bad++;
        console.log(`${e.stack}\n${e.response ?? ''} ${e.responseText ?? ''}`.replace(/^/gm, '# '));
        console.log(`not ok ${n} - ${name}`);
    }
}

function connect(pass = PASSWORD, options = {}) {
    return new ImapFlow({
        host: 'localhost', port: Number(PORT), secure: true, auth: { user: LOGIN, pass },
        tls: { ca: readFileSync(CERT) }, logger: false, clientInfo: { name: 'test' }, ...options,
    });
}

function event(client, name) {
    return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no ${name} event`)), 10000);
        client.once(name, what => { clearTimeout(late); resolve(what); });
    });
}

async function all(client, ...args) {
    const r = [];
    for await (const m of client.fetch(...args)) r.push(m);
    return r;
}

const client = connect();

await test('connects and lists', async () => {
    await client.connect();
    const paths = (await client.list()).map(b => b.path).sort();
    assert.deepEqual(paths, ['All', 'Archive', 'INBOX', 'Queries', 'Queries/boss', 'Sent', 'Tags', 'Tags/inbox', 'Über', 'Über/Tief']);
    assert.ok((await client.list()).find(b => b.path === 'Über').flags.has('\\Noselect'));
    assert.equal((await client.list()).find(b => b.path === 'Sent').specialUse, '\\Sent');
    const status = await client.status('Archive', { messages: true, unseen: true, uidNext: true });
    assert.equal(status.messages, 2);
    assert.equal(status.unseen, 1);
});

await test('a wrong password is refused', async () => {
    await assert.rejects(connect('wrong').connect(), e => e.authenticationFailed === true);
});

await test('reads envelopes, structures and octets', async () => {
    const box = await client.mailboxOpen('Archive');
    assert.equal(box.exists, 2);
    const list = await all(client, '1:*', { envelope: true, bodyStructure: true, flags: true, source: true, size: true, internalDate: true });
    assert.equal(list[0].envelope.subject, 'A plain message');
    assert.equal(list[0].envelope.from[0].address, 'ann@example.org');
    assert.equal(list[0].bodyStructure.type, 'text/plain');
    assert.ok(list[0].flags.has('\\Seen'));
    assert.equal(list[0].source.length, list[0].size);
    const { content } = await client.download('1', '1');
    let text = '';
    for await (const piece of content) text += piece;
    assert.match(text, /^First line\.\r?\n\.A line with/);
});

await test('searches', async () => {
    await client.mailboxOpen('INBOX');
    assert.deepEqual(await client.search({ subject: 'Message 2' }, { uid: true }), [2]);
    assert.equal((await client.search({ seen: false })).length, 5);
    assert.equal((await client.search({ body: 'message' })).length, 5);
});

await test('sets flags and keywords', async () => {
    await client.messageFlagsAdd('1:2', ['\\Flagged', 'work']);
    await client.messageFlagsRemove('2', ['work']);
    const list = await all(client, '1:2', { flags: true });
    assert.deepEqual(list.map(m => [m.flags.has('\\Flagged'), m.flags.has('work')]), [[true, true], [true, false]]);
});

await test('learns what has changed since', async () => {
    const status = await client.status('INBOX', { highestModseq: true });
    const since = status.highestModseq;
    assert.ok(client.enabled.has('CONDSTORE'));
    assert.equal(client.mailbox.highestModseq, since);
    await client.messageFlagsAdd('4', ['\\Answered']);
    const changed = await all(client, '1:*', { flags: true, uid: true }, { changedSince: since });
    assert.deepEqual(changed.map(m => m.uid), [4]);
    assert.ok(changed[0].modseq > since);
    assert.equal((await client.status('INBOX', { highestModseq: true })).highestModseq, changed[0].modseq);
    await client.messageFlagsRemove('4', ['\\Answered']);
});

await test('appends, copies, moves, deletes', async () => {
    const raw = 'From: me@example.org\r\nSubject: Größe\r\nMessage-ID: <flow@example.org>\r\n\r\nSent\r\n';
    const put = await client.append('Sent', Buffer.from(raw), ['\\Seen'], new Date(1e12));
    assert.ok(put.uid > 0);
    const moved = await client.messageMove('3', 'Archive');
    assert.equal(moved.uidMap.get(3), 3);
    await client.messageCopy('1', 'Über/Tief');
    assert.equal((await client.status('Über/Tief', { messages: true })).messages, 2);
    await client.messageDelete('5', { uid: true });
    assert.equal((await all(client, '1:*', { uid: true })).map(m => m.uid).join(), '1,2,4');
});

await test('is told what vanished', async () => {
    const other = connect(PASSWORD, { qresync: true });
    await other.connect();
    const box = await other.mailboxOpen('Archive');
    assert.ok(other.enabled.has('QRESYNC'));
    const { highestModseq: changedSince, uidValidity } = box;
    await client.mailboxOpen('Archive');
    const vanished = [];
    other.on('expunge', e => vanished.push(e));
    await client.messageDelete('1', { uid: true });
    await other.noop();
    assert.deepEqual(vanished.map(e => [e.uid, e.vanished, e.earlier]), [[1, true, false]]);
    await other.mailboxClose();
    vanished.length = 0;
    await client.messageDelete('2', { uid: true });
    await other.mailboxOpen('Archive', { changedSince, uidValidity });
    assert.deepEqual(vanished.map(e => [e.uid, e.vanished, e.earlier]), [[1, true, true], [2, true, true]]);
    await other.logout();
    await client.mailboxOpen('INBOX');
});

await test('knows messages, threads and mailboxes by their ids', async () => {
    const ids = async () => (await all(client, '1:*', { threadId: true })).map(m => [m.emailId, m.threadId]);
    const box = await client.mailboxOpen('INBOX');
    const here = await ids();
    assert.match(box.mailboxId, /^F[0-9a-f]{8}$/);
    assert.match(here[0][0], /^M[0-9a-f]{16}$/);
    assert.match(here[0][1], /^T[0-9a-f]{16}$/);
    assert.deepEqual(await client.search({ emailId: here[1][0] }), [2]);
    assert.deepEqual(await client.search({ threadId: here[0][1] }), [1]);
    await client.mailboxOpen('Über/Tief');
    assert.deepEqual((await ids())[1], here[0]);
    const made = await client.mailboxCreate('Vorher');
    await client.mailboxRename('Vorher', 'Nachher');
    assert.equal((await client.mailboxOpen('Nachher')).mailboxId, made.mailboxId);
    await client.mailboxClose();
    await client.mailboxDelete('Nachher');
    await client.mailboxOpen('INBOX');
});

await test('sees tags as labels and changes them', async () => {
    const labels = async range => (await all(client, range, { labels: true })).map(m => [...m.labels].sort());
    assert.deepEqual(await labels('1'), [['\\Inbox', '\\Starred', 'work']]);
    await client.messageFlagsAdd('1', ['later', '\\Sent'], { useLabels: true });
    assert.deepEqual(await labels('1'), [['\\Inbox', '\\Sent', '\\Starred', 'later', 'work']]);
    await client.messageFlagsRemove('1', ['later', '\\Sent'], { useLabels: true });
    assert.deepEqual(await labels('1'), [['\\Inbox', '\\Starred', 'work']]);
    assert.deepEqual(await client.search({ gmraw: 'tag:work and id:1@example.org' }), [1]);
});

await test('works in mailboxes of tags and queries', async () => {
    assert.equal((await client.list()).find(b => b.path === 'All').specialUse, '\\All');
    await client.mailboxOpen('Queries/boss');
    const [first] = await client.search({ subject: 'Message 2' }, { uid: true });
    await client.mailboxCreate('Tags/todo');
    await client.mailboxCreate('Tags/done');
    const copied = await client.messageCopy(String(first), 'Tags/todo', { uid: true });
    assert.equal(copied.uidMap.get(first), 1);
    const todo = await client.mailboxOpen('Tags/todo');
    assert.equal(todo.exists, 1);
    assert.equal(todo.uidValidity, copied.uidValidity);
    const moved = await client.messageMove('1', 'Tags/done');
    assert.equal(moved.uidMap.get(1), 1);
    assert.equal(client.mailbox.exists, 0);
    await client.mailboxClose();
    await client.mailboxRename('Tags/done', 'Tags/over');
    assert.equal((await client.status('Tags/over', { messages: true })).messages, 1);
    await client.mailboxDelete('Tags/over');
    await client.mailboxDelete('Tags/todo');
    assert.ok(!(await client.list()).some(b => /^Tags.(todo|done|over)/.test(b.path)));
    assert.ok((await client.mailboxOpen('All')).exists > 5);
    await client.mailboxOpen('INBOX');
});

await test('hears of new mail while it idles', async () => {
    client.idle();
    await new Promise(r => setTimeout(r, 300));
    const heard = event(client, 'exists');
    execSync(INJECT);
    assert.equal((await heard).count, 4);
});

await test('makes, renames and removes mailboxes', async () => {
    await client.mailboxCreate(['Neu', 'Später']);
    await client.mailboxRename('Neu/Später', 'Neu/日本');
    assert.ok((await client.list()).some(b => b.path === 'Neu/日本'));
    await client.mailboxDelete('Neu/日本');
    assert.ok(!(await client.list()).some(b => b.path === 'Neu/日本'));
});

await test('logs out', async () => {
    await client.logout();
});

console.log(`1..${n}`);
process.exit(bad ? 1 : 0);
