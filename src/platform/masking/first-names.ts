/** First names that are no other word, month or brand in English or German: capitalised, they name a person. */
const certain = `
aaron abdul abdullah abigail achim adam adela adelheid adrian adriana agata agnes agnieszka ahmad ahmed aisha alan
albert albrecht alejandro alessandro alessia alex alexander alexandra alexandru alfred ali alice alicia alina alison
allison amanda amelia amelie amina amir amy ana anastasia anders andre andrea andreas andreea andrei andrew andrzej
angela angelika angelina anja anjali anke ann anna annalena anne annegret anneliese annemarie annette annika anton
antonia antonio anya arjun armin arne arnold artur asha astrid augustin axel ayla aylin ayse barbara barbora bartosz
bastian beata beate beatrice beatrix ben benedikt benjamin bernard bernd bernhard bettina bianca birgit birte bjarne
bjoern björn bodo boris brandon brenda brian brigitte britta bruno camila camille carina carl carla carlos carmen
carole caroline carsten caterina catherine cathrin cecilia chantal charles chiara chloe christa christiane christina
christine christof christoph christopher claire clara claudia clemens cornelia corinna craig cynthia dagmar dan daniel
daniela danielle dario darren david deborah denis denise dennis detlef dieter diana diego dietmar dimitri dirk dmitri
dominic dominik donald donna dorothea dorothee doris dorota dorothy douglas ebba eckhard edgar edith eduard eduardo
edward edwin eileen elaine elena eleni elias elif elisa elisabeth elise elizabeth elke ella ellen elsa emil emilia
emily emine emma emre enrico eric erich erik erika erin ernesto esra esther eugen eva evelyn ewa fabian fabienne fabio
fatima fatma federico felicitas felix ferdinand fernando finn fiona florian francesca francesco francisco franziska
frederik friederike friedrich fritz gabi gabriel gabriela gabriele gary george georg gerald gerd gerda gerhard
gerlinde gertrud gianni gina giovanni gisela giulia giuseppe gottfried graham greta gregor gudrun guido guillaume
gunnar guenter guenther gunter günter günther gustav hakan hanna hannah hannelore hannes hans hansjoerg harald hartmut
hasan hassan hatice heather hedwig heidi heike heiko heinrich heinz helen helena helene helga helmut hendrik henning
henrik henry herbert hermann hilde hildegard holger hubert hugo hussein ibrahim ida ignacio igor ilka ilona ilse imke
ines inga inge ingeborg ingo ingrid ioana irene irina irmgard isabel isabella isabelle ivan ivana jacob jacqueline
jakob jakub james jamie jana jane janet janina janine jannik jaroslav jasmin jason javier jeff jeffrey jennifer jens
jeremy jessica jesus jill jim joachim joan joana joanna jochen joerg johanna johannes john johnny jonas jonathan jorge
josef jose josé joseph josephine joshua juan judith juergen julian juliane julie juliet julius jutta jörg jürgen karen
karin karina karl karla karolina karoline karsten kasper katarina katarzyna kate katharina katherine kathleen kathrin
kathryn katja katrin kayla keith kenneth kerstin kevin khalid kirsten kirstin klara klaus knut konrad konstantin
krzysztof kristian kristin kristina kurt lara larissa lars laszlo latoya laura lauren laurent lea leah lena lennart
leo leon leonard leonie leonardo leopold lewis liam lidia lieselotte lilian liliana lina linda linnea lisa lisbeth
liselotte louis louisa louise luca lucas lucia lucie ludwig luis luisa lukas lutz lydia magda magdalena maik maja
malte małgorzata manfred manuel manuela mara marc marcel marcin marco marcus mareike margaret margarete margarita
margit margot maria marian mariana marianne marie marija mario marion marius marko markus marlene marlies marta martha
martin martina mary mateo mateusz mathias matilda matteo matthew matthias maureen maurice maximilian mehmet melanie
melissa meike mia michael michaela michal michel michelle miguel mika mike miriam mirjam mohamed mohammad mohammed
monica monika moritz muhammad murat mustafa nadine nadja nancy natalia natalie nathalie nathan neil nicholas nicola
nicolas nicole niklas nikita nikolai nikolaus nils nina nora norbert oksana olaf oleg olga oliver olivia omar osman
oscar oskar ottmar ozan pablo pamela patricia patrick patrik paul paula pauline pavel pedro peter petra philip philipp
philippe pia pierre piotr priya rachel rafael rahul raimund rainer ralf ralph ramona raphael raul raymond rebecca
regine reiner reinhard reinhold renate rene richard rita robert roberta roberto robin rodrigo roger roland rolf ronald
rosa rosemarie rosemary roswitha rudolf ruediger rüdiger ruth ryan sabine sabrina salma samantha samir samuel sandra
sandro sara sarah sascha saskia sean sebastian selina serena sergej sergio sharon sibylle siegfried sigrid silke
silvia simon simone sofia sofie sonja sonia sophia sophie stanislav stefan stefanie steffen stephan stephanie stephen
steve steven stuart susan susana susanne svenja sven svetlana sylvia tamara tania tanja tatjana teresa thea theo
theodor theresa thomas thorsten tilman tim timo tina tobias tom tomasz torben torsten tracy trevor udo ulf ulrich
ulrike ursula ute uwe vanessa vera veronica veronika veronique victor viktor viktoria vincent vladimir volker walter
waltraud wanda wendy werner wiebke wilfried wilhelm willi william winfried wladimir wojciech wolfgang xavier yasemin
yasmin yusuf yvonne zeynep zoe zofia sunil rajesh deepak fatou kwame ngozi chidi adaeze takeshi hiroshi yuki kenji mei
oluwaseun chinedu ifeoma sanjay vikram ravi lakshmi meera nisha pooja rohan imran ayesha bilal tariq nadia leila
youssef lindsey bradley trudy timothy gregory jerome eugene jesse harold carolyn joyce marilyn janice judy theresa
sally shirley kathy phillip howard
`;

/** First names that are something else as well: they count where a greeting, a title or a closing says so. */
const doubtful = `
abby ada amber angel april art ash austin bill bob bobby brad brooke bruce bud candy carter charlie charlotte chase chelsea chip christian chuck clay
cliff colin cooper crystal dale dallas dawn dean dick drew dylan earl eden ernst eve faith florence ford frank franz gene georgia
glen gloria grace grant guy hannah harry heath heiner helge hope hunter iris israel ivy jack jackie jade jasper jenny jerry jo joe
joel jordan joy juan judy julia june justin kim kit lance laurel lee lily lincoln linus lola lou luke mark mason max may
melody mercedes merlin miles milo mo nick noah norm olive otis page paris pascal pat pearl penny percy phil ray rick rob rocco rose
ross ruby rusty sally sam sandy scarlett shane sky stan sue summer sydney ted terry tony tonya tracy trent troy ty van victoria
violet virginia wade ward wayne will willow wolf woody zac jay jeremiah mila mick mitch bea bert
august jan roman marina viola stella alma gemma jean kai regina chen kumar kelly scott gordon otto claus karim
`;

const list = (words: string): string[] => words.split(/\s+/).filter((word) => word !== '');
const certainNames = new Set(list(certain));
const doubtfulNames = new Set(list(doubtful).filter((name) => !certainNames.has(name)));

/** In lower case; a double name ("Anna-Lena") is one when its first part is. */
const firstPart = (word: string): string => word.toLowerCase().split('-')[0]!;

/** Whether a word can only be a first name. */
export const isFirstName = (word: string): boolean => certainNames.has(firstPart(word));
/** Whether a word may be a first name where one is expected. */
export const mayBeFirstName = (word: string): boolean => isFirstName(word) || doubtfulNames.has(firstPart(word));
